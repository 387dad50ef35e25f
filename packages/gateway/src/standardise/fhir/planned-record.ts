/** The steps between a FHIR item and its records: what each entry asks for, before references are resolved. */
import type { CanonicalText } from '@meridian/protocol'

/**
 * One record that an item asks for. `type` and `id` are final. `text` is the resource as it came (for a delete: what remains to be
 * said). `place` names the entry in a refusal. `fullUrl` and `base` resolve references of and to it; `sourceId` is the
 * sender's own `Type/id`, which Provenance keeps.
 */
export interface PlannedRecord {
  readonly type: string
  readonly id: string
  readonly operation: 'upsert' | 'create' | 'delete'
  readonly text: CanonicalText
  readonly place: string
  readonly fullUrl?: string
  readonly base?: string
  readonly sourceId?: string
  readonly expectVersion?: number
  /** A Bundle that is kept whole: its inside is not ours to change. */
  readonly keepReferences?: boolean
}

/** An entry that stores nothing but answers a reference: a conditional create whose record is there already. */
export interface KnownRecord {
  readonly fullUrl: string
  readonly type: string
  readonly id: string
}

/** All an item asks for. */
export interface Plan {
  readonly records: readonly PlannedRecord[]
  readonly known: readonly KnownRecord[]
  /** The base of the sender's own urls; entries of other bases keep theirs in their identity. */
  readonly homeBase?: string
  /** A placeholder (urn:uuid) must lead to an entry: transactions and collections. */
  readonly closed: boolean
}
