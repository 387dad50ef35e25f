/** All releases that can be asked, and which of them answers for a system on a day. */
import type { Release } from './concept.ts'
import { type Problem, problem } from './problem.ts'
import type { ReleaseReader } from './store/read-release.ts'

/** Other names under which the same code system is known. */
const aliases: Readonly<Record<string, string>> = {
  'urn:oid:2.16.840.1.113883.6.96': 'http://snomed.info/sct',
  'urn:oid:2.16.840.1.113883.6.1': 'http://loinc.org',
  'urn:oid:2.16.840.1.113883.6.3': 'http://hl7.org/fhir/sid/icd-10',
  'urn:oid:2.16.156.10011.2.3.3.11': 'http://hl7.org/fhir/sid/icd-10',
}

/** The name under which a system is kept here. */
export const systemName = (system: string): string => aliases[system] ?? system

/** Which release is asked: this version, else the one in force on `date` (YYYY-MM-DD), else today's. */
export interface Asked {
  readonly version?: string | undefined
  readonly date?: string | undefined
}

/** The releases. */
export interface Releases {
  /** The release that answers. */
  pick(system: string, asked: Asked): ReleaseReader | Problem
  versionsOf(system: string): readonly Release[]
  systems(): readonly Release[]
}

/** `readers` of every system; `today` is asked when no date is given. */
export function createReleases(readers: readonly ReleaseReader[], today: () => string): Releases {
  const bySystem = new Map<string, ReleaseReader[]>()
  for (const reader of readers.toSorted(bestFirst)) {
    const { system } = reader.release
    bySystem.set(system, [...(bySystem.get(system) ?? []), reader])
  }
  const pickOn = (known: readonly ReleaseReader[], date: string) =>
    known.find(({ release: { from, to } }) => (from ?? '') <= date && (to === undefined || date <= to))
  return {
    pick(system, { version, date }) {
      const known = bySystem.get(systemName(system))
      if (known === undefined) return problem('system-unknown', system)
      if (version !== undefined) {
        return (
          known.find((one) => one.release.version === version) ??
          problem('version-unknown', `${system}|${version}`)
        )
      }
      if (known.length === 1 && date === undefined) return known[0] as ReleaseReader
      const inForce = pickOn(known, date ?? today())
      if (inForce === undefined && date !== undefined) return problem('not-in-force', `${system} ${date}`)
      return inForce ?? (known[0] as ReleaseReader)
    },
    versionsOf: (system) => (bySystem.get(systemName(system)) ?? []).map(({ release }) => release),
    systems: () => [...bySystem.values()].flat().map(({ release }) => release),
  }
}

const versionOrder = new Intl.Collator('en', { numeric: true })

/** Whole before part, imported before shipped, later before earlier. */
function bestFirst({ release: a }: ReleaseReader, { release: b }: ReleaseReader): number {
  return (
    Number(a.fragment ?? false) - Number(b.fragment ?? false) ||
    Number(a.origin === 'shipped') - Number(b.origin === 'shipped') ||
    (b.from ?? '').localeCompare(a.from ?? '') ||
    versionOrder.compare(b.version, a.version)
  )
}
