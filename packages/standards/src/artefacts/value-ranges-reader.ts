/** The rule set of plausible ranges of measured values: `value-ranges.json`. */
import { findingOf } from '../findings-catalogue.ts'
import { compareDecimals, readDecimal } from '../units/exact-decimal.ts'
import type { ArtefactReader } from './artefact-reader.ts'
import { readArtefactJson } from './read-manifest.ts'

interface Range {
  readonly id: string
  readonly low: string
  readonly high: string
}

const FILE = 'value-ranges.json'
const form = { zh: '每条应有 id、low、high', en: 'each range has id, low and high' }

/** Answers `{range, value}` with `{known, inside}`; the bounds belong to the range. */
export const valueRangesReader: ArtefactReader<readonly Range[]> = {
  kind: 'rule-set',
  file: FILE,
  read(files) {
    const read = readArtefactJson(FILE, files.get(FILE) ?? new Uint8Array())
    if ('findings' in read) return read.findings
    const { ranges } = (read.json ?? {}) as { ranges?: unknown }
    if (Array.isArray(ranges) && ranges.every(isRange)) return ranges
    return [findingOf('artefact.content', FILE, { element: FILE, form })]
  },
  answer(ranges, input) {
    const { range: id, value } = (input ?? {}) as { range?: unknown; value?: unknown }
    const range = ranges.find((one) => one.id === id)
    const number = readDecimal(String(value))
    const [low, high] = [readDecimal(range?.low ?? ''), readDecimal(range?.high ?? '')]
    if (number === undefined || low === undefined || high === undefined) return { known: false }
    return { known: true, inside: compareDecimals(number, low) >= 0 && compareDecimals(number, high) <= 0 }
  },
}

function isRange(value: unknown): value is Range {
  const { id, low, high } = (value ?? {}) as Partial<Record<keyof Range, unknown>>
  return [id, low, high].every((text) => typeof text === 'string')
}
