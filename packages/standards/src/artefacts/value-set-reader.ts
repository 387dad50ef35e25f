/** The kind `value-set` as this product ships it: `codes.json` with one system and its codes, in zh and en. */
import type { Finding } from '../finding.ts'
import { findingOf } from '../findings-catalogue.ts'
import type { ArtefactReader, ElementChange } from './artefact-reader.ts'
import { readArtefactJson } from './read-manifest.ts'

/** One code of a value set; further members are kept as they are. */
interface ValueSetCode {
  readonly code: string
  readonly zh: string
  readonly en: string
}

/** A value set: its system and codes in the order of the standard. */
interface ValueSet {
  readonly system: string
  readonly codes: ReadonlyMap<string, ValueSetCode>
}

const FILE = 'codes.json'

/** Answers `{code}` with `{valid, zh, en}`. */
export const valueSetReader: ArtefactReader<ValueSet> = {
  kind: 'value-set',
  file: FILE,
  read(files) {
    const bytes = files.get(FILE)
    if (bytes === undefined) return [findingOf('artefact.file-missing', FILE, { element: FILE })]
    const read = readArtefactJson(FILE, bytes)
    return 'findings' in read ? read.findings : valueSetOf(read.json)
  },
  answer(content, input) {
    const found = content.codes.get(String((input as { code?: unknown } | null)?.code))
    return found === undefined ? { valid: false } : { valid: true, zh: found.zh, en: found.en }
  },
  compare: compareCodes,
}

function valueSetOf(json: unknown): ValueSet | Finding[] {
  const { system, codes } = (json ?? {}) as { system?: unknown; codes?: unknown }
  if (typeof system !== 'string' || !Array.isArray(codes) || !codes.every(isCode)) {
    const form = {
      zh: '应有 system，以及含 code、zh、en 的 codes',
      en: 'it has a system, and codes with code, zh and en',
    }
    return [findingOf('artefact.content', FILE, { element: FILE, form })]
  }
  return { system, codes: new Map(codes.map((entry: ValueSetCode) => [entry.code, entry])) }
}

function isCode(item: unknown): item is ValueSetCode {
  const { code, zh, en } = (item ?? {}) as Partial<Record<keyof ValueSetCode, unknown>>
  return [code, zh, en].every((text) => typeof text === 'string' && text !== '')
}

function compareCodes(before: ValueSet, after: ValueSet): ElementChange[] {
  const codes = new Set([...before.codes.keys(), ...after.codes.keys()])
  return [...codes].flatMap((code): ElementChange[] => {
    const [old, now] = [before.codes.get(code), after.codes.get(code)]
    const { zh, en } = (now ?? old) as ValueSetCode
    const place = { path: `${FILE}#${code}`, element: code, system: after.system, label: { zh, en } }
    if (old === undefined) return [{ ...place, change: 'added', after: now }]
    if (now === undefined) return [{ ...place, change: 'removed', before: old }]
    const same = JSON.stringify(old) === JSON.stringify(now)
    return same ? [] : [{ ...place, change: 'changed', before: old, after: now }]
  })
}
