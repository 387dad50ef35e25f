/** The records port: sealed versions, their history, and search with the access rule inside the SQL. */
import type { CanonicalText } from '@meridian/protocol'
import type { AccessRule } from '../access-rule.ts'
import type { Judgement } from '../findings/judgement.ts'
import type { Ahead } from './ahead.ts'
import type { StoreGroup, StoreOutcome, VersionTimes } from './store-item.ts'

/** The ladder of one version (design: At the door). `superseded` is a final version that is no longer the head. */
export type VersionState = 'sealed' | 'submitted' | 'final' | 'superseded' | 'erased'

/** What is known of a version without opening it. `previous` is the commitment of the version before. */
export interface VersionSummary {
  readonly type: string
  readonly id: string
  readonly version: number
  readonly handle: Uint8Array
  readonly commitment: Uint8Array
  readonly previous: Uint8Array | null
  readonly leafCount: number
  readonly standardsSetHash: Uint8Array
  readonly operation: 'create' | 'update' | 'delete'
  readonly state: VersionState
  readonly isHead: boolean
  readonly patientId: string | null
  readonly source: string
  readonly captureMethod: string
  readonly careStage: string
  readonly deliveryId: string | null
  readonly times: VersionTimes
  readonly storedTime: string
}

/**
 * The opened content of a version. `content` is the canonical text of `{"provenance":…,"resource":…}`, over which the
 * commitment was built with the 32-byte `secret`; `resource` and `provenance` are its two parts, canonical too.
 */
export interface VersionContent {
  readonly resource: CanonicalText
  readonly provenance: CanonicalText
  readonly content: CanonicalText
  readonly secret: Uint8Array
  /** How it was judged when it was taken in; null for a version that was stored without a judgement. */
  readonly judgement: Judgement | null
}

/** One version, opened; `opened` is null once erased. */
export interface RecordVersion extends VersionSummary {
  readonly opened: VersionContent | null
}

/**
 * One condition of a search; several are joined by AND, the members of `anyOf` by OR. A token without `system` matches
 * any system; one with `system: null` only rows without. A date compares by FHIR R4 §3.1.1.4.7 over [from, to).
 */
export type SearchCriterion =
  | { readonly kind: 'token'; readonly param: string; readonly anyOf: readonly TokenMatch[] }
  | { readonly kind: 'identifier'; readonly param: string; readonly anyOf: readonly IdentifierMatch[] }
  | { readonly kind: 'reference'; readonly param: string; readonly anyOf: readonly string[] }
  | { readonly kind: 'date'; readonly param: string; readonly anyOf: readonly DateMatch[] }
  | { readonly kind: 'id'; readonly anyOf: readonly string[] }
  | { readonly kind: 'lastUpdated'; readonly anyOf: readonly DateMatch[] }

/** `code` absent means any code of the system. */
export interface TokenMatch {
  readonly system?: string | null
  readonly code?: string
}

/** The value is given in clear and looked up by its keyed blind index. */
export interface IdentifierMatch {
  readonly system?: string | null
  readonly value: string
}

/** FHIR prefixes; the searched period is [from, to), ISO 8601 instants. */
export interface DateMatch {
  readonly prefix: 'eq' | 'ne' | 'gt' | 'lt' | 'ge' | 'le' | 'sa' | 'eb'
  readonly from: string
  readonly to: string
}

/** Opaque cursors; `next` is absent on the last page. Order is the order in which records were first stored. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly next?: string
}

/** How much of a list, from where. A cursor that is not ours gives `undefined` instead of a page. */
export interface PageRequest {
  readonly count: number
  readonly cursor?: string
}

/** Search among current, not deleted, not erased heads of one type. */
export interface SearchRequest extends PageRequest {
  readonly type: string
  readonly criteria: readonly SearchCriterion[]
  readonly order?: 'oldest-first' | 'newest-first'
}

/**
 * For the console, without opening anything. Without `state`: the heads, newest record first. With it: the versions in that
 * state, newest first — `superseded` by when the version after it was stored, `final` the heads that are. The cursor stays
 * good while versions move on to another state.
 */
export interface ListRequest extends PageRequest {
  readonly type?: string
  readonly source?: string
  readonly patientId?: string
  readonly state?: VersionState
}

/** A record without its version. */
export interface RecordName {
  readonly type: string
  readonly id: string
}

/** The records port. */
export interface Records {
  /** The steps of `store`, for whoever has more than one group under way. */
  readonly ahead: Ahead
  /** Stores a group in one SQL transaction; results in the order of the items. Effects: versions, search, outbox, inbox. */
  store(group: StoreGroup): Promise<readonly StoreOutcome[]>
  /** The head; undefined when unknown or not readable under the rule. A deleted record is a version with `delete`. */
  read(type: string, id: string, access: AccessRule): Promise<RecordVersion | undefined>
  /** The heads of many records at once, in no order; those unknown or not readable are left out. */
  readMany(names: readonly RecordName[], access: AccessRule): Promise<readonly RecordVersion[]>
  vread(type: string, id: string, version: number, access: AccessRule): Promise<RecordVersion | undefined>
  /** Newest first; undefined for a foreign cursor. Two neighbours show before, after, who and when. */
  history(
    type: string,
    id: string,
    page: PageRequest,
    access: AccessRule,
  ): Promise<Page<RecordVersion> | undefined>
  /** Matching heads, opened; undefined for a foreign cursor. */
  search(request: SearchRequest, access: AccessRule): Promise<Page<RecordVersion> | undefined>
  /** How many heads match, counted no further than `upTo`. */
  countMatches(
    request: Omit<SearchRequest, 'count' | 'cursor'>,
    access: AccessRule,
    upTo: number,
  ): Promise<number>
  list(request: ListRequest, access: AccessRule): Promise<Page<VersionSummary> | undefined>
}
