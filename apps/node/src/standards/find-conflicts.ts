/** Conflicts: two artefacts in force of one kind and one implemented standard that answer the same input differently. */
import { canonicalTextOf, toHex } from '@meridian/protocol'
import { areFindings, readerFor, readVectors } from '@meridian/standards'
import type { HeldArtefact } from './artefact-store.ts'

/** One input on which two artefacts differ. */
export interface Conflict {
  readonly first: { readonly id: string; readonly version: string; readonly hash: string }
  readonly second: { readonly id: string; readonly version: string; readonly hash: string }
  readonly vector: string
  readonly input: unknown
  readonly answers: readonly [unknown, unknown]
}

/** Runs the vectors of each on the other. Artefacts speak of the same when their kind, form and id or implemented standard are the same. */
export function findConflicts(held: readonly HeldArtefact[]): readonly Conflict[] {
  return held.flatMap((first, i) => held.slice(i + 1).flatMap((second) => conflictsOf(first, second)))
}

function conflictsOf(first: HeldArtefact, second: HeldArtefact): Conflict[] {
  const reader = readerFor(first)
  if (reader === undefined || readerFor(second) !== reader || !speakOfTheSame(first, second)) return []
  const [one, two] = [reader.read(first.files), reader.read(second.files)]
  if (areFindings(one) || areFindings(two)) return []
  const inputs = [first, second].flatMap(({ files }) => {
    const vectors = readVectors(files)
    return areFindings(vectors) ? [] : vectors
  })
  const asked = new Set<string>()
  return inputs.flatMap(({ name, input }): Conflict[] => {
    const key = canonicalTextOf(input)
    if (asked.has(key)) return []
    asked.add(key)
    const answers = [reader.answer(one, input) ?? null, reader.answer(two, input) ?? null] as const
    if (canonicalTextOf(answers[0]) === canonicalTextOf(answers[1])) return []
    return [{ first: nameOf(first), second: nameOf(second), vector: name, input, answers }]
  })
}

function speakOfTheSame({ manifest: a }: HeldArtefact, { manifest: b }: HeldArtefact): boolean {
  return a.id === b.id || (a.implements !== undefined && a.implements === b.implements)
}

function nameOf({ manifest: { id, version }, hash }: HeldArtefact): Conflict['first'] {
  return { id, version, hash: toHex(hash) }
}
