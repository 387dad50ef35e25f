/** Expands the value sets of required bindings into lists of codes, for `generated/r4-codes.json`. */
import type { CodeSystemConcept, ValueSetComposeInclude } from '@medplum/fhirtypes'
import type { CodeSet } from '../structures.ts'
import type { SourceDefinitions } from './source-definitions.ts'

/**
 * Bindings whose list is open, licensed or not in the definitions: the code's syntax is checked instead. `any` means that
 * nothing can be said about the code without the release itself.
 */
const byForm: Readonly<Record<string, string>> = {
  'http://hl7.org/fhir/ValueSet/all-languages': 'bcp47',
  'http://hl7.org/fhir/ValueSet/mimetypes': 'mime',
  'http://www.rfc-editor.org/bcp/bcp13.txt': 'mime',
  'http://hl7.org/fhir/ValueSet/ucum-units': 'ucum',
  'http://hl7.org/fhir/ValueSet/all-time-units': 'ucum-time',
  'http://hl7.org/fhir/ValueSet/all-distance-units': 'ucum-length',
  'http://hl7.org/fhir/ValueSet/currencies': 'iso4217',
  'http://loinc.org/vs/LL379-9': 'any',
}

/** A code set for every url in `used`. Throws on a value set that can be neither expanded nor checked by form. */
export function buildCodes(source: SourceDefinitions, used: ReadonlySet<string>): Record<string, CodeSet> {
  return Object.fromEntries([...used].sort().map((url) => [url, codeSet(url, source)]))
}

function codeSet(url: string, source: SourceDefinitions): CodeSet {
  const form = byForm[url]
  if (form !== undefined) return { form }
  const compose = source.valueSets.get(url)?.compose
  if (compose === undefined || compose.exclude !== undefined)
    throw new Error(`value set ${url} cannot be expanded`)
  const systems: Record<string, string[]> = {}
  for (const include of compose.include) {
    const system = include.system ?? ''
    systems[system] = [...new Set([...(systems[system] ?? []), ...includedCodes(include, source, url)])]
  }
  return { systems }
}

function includedCodes(include: ValueSetComposeInclude, source: SourceDefinitions, url: string): string[] {
  if (include.filter !== undefined || include.valueSet !== undefined)
    throw new Error(`value set ${url} has a filter`)
  if (include.concept !== undefined) return include.concept.map((c) => c.code ?? '')
  const system = source.codeSystems.get(include.system ?? '')
  if (system?.concept === undefined) throw new Error(`value set ${url}: no code system ${include.system}`)
  return flatCodes(system.concept)
}

function flatCodes(concepts: readonly CodeSystemConcept[]): string[] {
  return concepts.flatMap((c) => [c.code ?? '', ...flatCodes(c.concept ?? [])])
}
