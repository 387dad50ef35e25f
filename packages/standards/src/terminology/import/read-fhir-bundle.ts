/** Reads the CodeSystems and ValueSets of a FHIR R4 resource or Bundle; everything else in it is named and left out. */
import type { Bilingual } from '../../finding.ts'
import type { ValueSet } from '../value-set.ts'
import type { BadRow, ImportPart, ReadRow } from './import-release.ts'
import { ImportStopped } from './import-stopped.ts'
import { readFhirCodeSystem } from './read-fhir-code-system.ts'
import { readFhirValueSet } from './read-fhir-value-set.ts'

/** What is there to import. `left` says what of it is not. */
export interface FhirTerminology {
  readonly releases: readonly (ImportPart & { readonly rows: readonly ReadRow[] })[]
  readonly valueSets: readonly ValueSet[]
  readonly left: readonly BadRow[]
}

const mostEntries = 10_000

/** From one resource or a Bundle of them; entries count from 1. @throws ImportStopped for anything else, and for too many entries. */
export function readFhirTerminology(json: unknown): FhirTerminology {
  const { resourceType, entry } = (json ?? {}) as { resourceType?: unknown; entry?: unknown }
  if (resourceType !== 'Bundle') return collect([json])
  const entries = Array.isArray(entry) ? entry : []
  if (entries.length > mostEntries) throw new ImportStopped(texts.many)
  return collect(entries.map((one) => (one as { resource?: unknown } | null)?.resource))
}

function collect(resources: readonly unknown[]): FhirTerminology {
  const releases: FhirTerminology['releases'][number][] = []
  const valueSets: ValueSet[] = []
  const left: BadRow[] = []
  const seen = new Set<string>()
  const isNew = (name: string, line: number) => {
    if (seen.has(name)) left.push({ line, hint: texts.again })
    return !seen.has(name) && seen.add(name)
  }
  for (const [at, resource] of resources.entries()) {
    const line = at + 1
    const system = readFhirCodeSystem(resource)
    const set = system === undefined ? readFhirValueSet(resource) : undefined
    if (system !== undefined) {
      if (isNew(`CodeSystem ${system.head.system}|${system.head.version}`, line)) releases.push(system)
    } else if (set === undefined) left.push({ line, hint: texts.other })
    else if ('bad' in set) left.push(...set.bad.map(({ hint }) => ({ line, hint })))
    else if (isNew(`ValueSet ${set.valueSet.url}|${set.valueSet.version}`, line)) valueSets.push(set.valueSet)
  }
  if (releases.length + valueSets.length === 0 && left.length === 0) throw new ImportStopped(texts.nothing)
  return { releases, valueSets, left }
}

const texts = {
  many: { zh: `Bundle 超过 ${mostEntries} 条。`, en: `The Bundle has more than ${mostEntries} entries.` },
  other: {
    zh: '不是带 url 的 CodeSystem 或 ValueSet，已略过。',
    en: 'No CodeSystem or ValueSet with a url; left out.',
  },
  again: { zh: '相同 url 和版本前面已出现，已略过。', en: 'The same url and version came before; left out.' },
  nothing: { zh: 'Bundle 是空的。', en: 'The Bundle is empty.' },
} satisfies Record<string, Bilingual>
