/** What a kind of artefact brings, so that packages of it can be read, asked and compared. */
import type { Bilingual, Finding } from '../finding.ts'
import type { ArtefactKind } from './manifest.ts'

/** One element of an artefact that differs between two packages. Values are those of the standard, never a person's. */
export interface ElementChange {
  /** Where: the file, and the element's id or a JSON Pointer. */
  readonly path: string
  /** The id of a data element or a code, where there is one. */
  readonly element?: string
  /** The code system of `element`, where it is a code: records that hold the code are counted. */
  readonly system?: string
  readonly change: 'added' | 'removed' | 'changed'
  readonly before?: unknown
  readonly after?: unknown
  /** The element in words, where the kind has them. */
  readonly label?: Bilingual
  /** FHIR path of the element, where the kind knows it: how many records a change touches is counted by it. */
  readonly fhirPath?: string
}

/**
 * A kind's way to read and to answer. `answer` must be pure: the same content and input give the same answer on every
 * machine. It may answer any JSON value; `undefined` counts as null.
 */
export interface ArtefactReader<T> {
  readonly kind: ArtefactKind
  /** Where a kind has several forms: the file that marks this one. */
  readonly file?: string
  /** The content, or why it cannot be read. */
  read(files: ReadonlyMap<string, Uint8Array>): T | Finding[]
  /** What the artefact says of an input of `vectors.json`. */
  answer(content: T, input: unknown): unknown
  /** A better difference than the generic one, element by element. */
  compare?(before: T, after: T): readonly ElementChange[]
}
