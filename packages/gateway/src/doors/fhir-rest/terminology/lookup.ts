/** CodeSystem/$lookup (R4): a concept with its names, properties, parents and children. */
import { type Concept, isProblem, type Problem, type Terminology } from '@meridian/standards/terminology'
import type { OperationParameters } from './operation-parameters.ts'

/** The Parameters as JSON text. `displayLanguage` chooses the display among the designations. */
export function lookupAnswer(
  terminology: Terminology,
  { value, coding }: OperationParameters,
): string | Problem | { readonly wrong: string } {
  const [system, code] = [value('system') ?? coding?.system, value('code') ?? coding?.code]
  if (system === undefined) return { wrong: 'system' }
  if (code === undefined) return { wrong: 'code' }
  const found = terminology.lookup(system, code, {
    version: value('version') ?? coding?.version,
    date: value('date')?.slice(0, 10),
  })
  if (isProblem(found)) return found
  const { concept, release, parents, children } = found
  const parameter = [
    { name: 'name', valueString: release.titles.en },
    { name: 'version', valueString: release.version },
    { name: 'display', valueString: displayIn(concept, value('displayLanguage')) },
    ...(concept.designations ?? []).map(designationOf),
    ...(concept.properties ?? []).map(({ code: name, value: given }) => propertyOf(name, given)),
    ...(concept.inactive === true ? [propertyOf('inactive', true)] : []),
    ...parents.map((one) => propertyOf('parent', one.code, one.display)),
    ...children.map((one) => propertyOf('child', one.code, one.display)),
  ]
  return JSON.stringify({ resourceType: 'Parameters', parameter })
}

/** The name in a language, by its first part; the release's own where it has none. */
export function displayIn({ display, designations = [] }: Concept, language: string | undefined): string {
  const wanted = language?.split(/[,;-]/)[0]?.trim()
  if (wanted === undefined || wanted === '') return display
  const own = designations.find((one) => one.use === 'preferred' && one.language.split('-')[0] === wanted)
  return own?.value ?? display
}

function designationOf({ language, value, use }: NonNullable<Concept['designations']>[number]): object {
  return {
    name: 'designation',
    part: [
      ...(language === 'und' ? [] : [{ name: 'language', valueCode: language }]),
      { name: 'use', valueCoding: { system: 'urn:meridian:cs:designation-use', code: use } },
      { name: 'value', valueString: value },
    ],
  }
}

function propertyOf(name: string, value: string | number | boolean, description?: string): object {
  const given =
    typeof value === 'boolean'
      ? { valueBoolean: value }
      : Number.isInteger(value)
        ? { valueInteger: value }
        : description === undefined
          ? { valueString: String(value) }
          : { valueCode: value }
  const words = description === undefined ? [] : [{ name: 'description', valueString: description }]
  return {
    name: 'property',
    part: [{ name: 'code', valueCode: name }, { name: 'value', ...given }, ...words],
  }
}
