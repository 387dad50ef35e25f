/** Runs the test vectors of a package. The hash of the results is what a voter puts into its vote (spec 7). */
import { canonicalTextOf, type Suite, toHex, utf8 } from '@meridian/protocol'
import type { Finding } from '../finding.ts'
import { findingOf } from '../findings-catalogue.ts'
import { artefactLimits } from './artefact-limits.ts'
import type { ArtefactPackage } from './artefact-package.ts'
import type { ArtefactReader } from './artefact-reader.ts'
import { areFindings } from './manifest-fields.ts'
import { readArtefactJson } from './read-manifest.ts'

/** One vector: what is asked and what must be answered. */
export interface Vector {
  readonly name: string
  readonly input: unknown
  readonly expect: unknown
}

/** What one vector gave; `answerHash` is SHA-256 of the canonical text of the answer. */
export interface VectorOutcome {
  readonly name: string
  readonly outcome: 'passed' | 'failed'
  readonly answerHash: string
  /** The answer of a vector that failed. */
  readonly answer?: unknown
}

/** `hash` = SHA-256 of canonical `[[name, outcome, answerHash]…]`; it says nothing of the machine. */
export interface VectorResult {
  readonly hash: Uint8Array
  readonly passed: boolean
  readonly outcomes: readonly VectorOutcome[]
}

/** The name of the vectors among the files. */
export const VECTORS = 'vectors.json'

/** The vectors of a package, or why there are none. */
export function readVectors(files: ReadonlyMap<string, Uint8Array>): readonly Vector[] | Finding[] {
  const bytes = files.get(VECTORS)
  if (bytes === undefined) return [findingOf('artefact.no-vectors', VECTORS)]
  const read = readArtefactJson(VECTORS, bytes, artefactLimits.vectorBytes)
  if ('findings' in read) return read.findings
  const list = read.json
  if (!Array.isArray(list) || list.length === 0) return [findingOf('artefact.no-vectors', VECTORS)]
  if (list.length > artefactLimits.vectors)
    return [findingOf('artefact.too-large', VECTORS, { element: VECTORS, limit: artefactLimits.vectors })]
  const names = new Set(list.map((item) => (isVector(item) ? item.name : undefined)))
  if (names.has(undefined) || names.size !== list.length) {
    const form = {
      zh: '每条有不同的 name，以及 input 和 expect',
      en: 'each has a name of its own, input and expect',
    }
    return [findingOf('artefact.content', VECTORS, { element: VECTORS, form })]
  }
  return list as Vector[]
}

function isVector(item: unknown): item is Vector {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return false
  const { name } = item as Vector
  return typeof name === 'string' && name !== '' && name.length <= 200 && 'input' in item && 'expect' in item
}

/** Reads the package with its reader and asks every vector. `clock` is in milliseconds. */
export function runVectors(
  suite: Pick<Suite, 'sha256'>,
  { files, manifest }: Pick<ArtefactPackage, 'files' | 'manifest'>,
  reader: ArtefactReader<unknown> | undefined,
  clock: () => number = Date.now,
): VectorResult | Finding[] {
  if (reader === undefined) return [findingOf('artefact.no-reader', 'kind', { type: manifest.kind })]
  const vectors = readVectors(files)
  if (areFindings(vectors)) return vectors
  const content = reader.read(files)
  if (areFindings(content)) return content
  const started = clock()
  const outcomes: VectorOutcome[] = []
  for (const vector of vectors as readonly Vector[]) {
    if (clock() - started > artefactLimits.vectorSeconds * 1000)
      return [findingOf('artefact.vectors-too-slow', VECTORS, { limit: artefactLimits.vectorSeconds })]
    outcomes.push(runVector(suite, reader, content, vector))
  }
  const list = outcomes.map(({ name, outcome, answerHash }) => [name, outcome, answerHash])
  const passed = outcomes.every(({ outcome }) => outcome === 'passed')
  return { hash: suite.sha256(utf8(canonicalTextOf(list))), passed, outcomes }
}

function runVector(
  suite: Pick<Suite, 'sha256'>,
  reader: ArtefactReader<unknown>,
  content: unknown,
  { name, input, expect }: Vector,
): VectorOutcome {
  const answer = reader.answer(content, input) ?? null
  const text = canonicalTextOf(answer)
  const answerHash = toHex(suite.sha256(utf8(text)))
  if (text === canonicalTextOf(expect)) return { name, outcome: 'passed', answerHash }
  return { name, outcome: 'failed', answerHash, answer }
}
