/** Everything the FHIR REST door receives, as small interfaces; the app wires the real things in. */

import type { IncomingHttpHeaders } from 'node:http'
import type { Bilingual } from '@meridian/standards'
import type { Terminology } from '@meridian/standards/terminology'
import type { accessAll, Records } from '@meridian/vault'
import type { Arrival } from '../../connect/arrival.ts'
import type { Fingerprint } from '../../connect/reading.ts'
import type { Source } from '../../connect/source.ts'
import type { Outcome } from '../../outcome.ts'
import type { ResourceAddress } from '../../standardise/fhir/sender-urls.ts'
import type { Rate } from '../rate-limit.ts'
import type { CriteriaTurns } from './criteria-turns.ts'
import type { MapInForce } from './translate-code.ts'

/** Who calls: a named user or system, the source its records come from, and what it may read and write. */
export interface FhirCaller {
  readonly name: string
  readonly source: Source
  readonly access: typeof accessAll
  readonly mayWrite: boolean
}

/** What is known of a request before anybody has looked at its content. */
export interface FhirRequestHead {
  readonly headers: IncomingHttpHeaders
  readonly address: string
}

/** The bounds of this door. */
export interface FhirDoorLimits {
  /** Bytes of one resource, and of one Bundle. */
  readonly maxResourceBytes: number
  readonly maxBundleBytes: number
  readonly maxBundleEntries: number
  readonly maxPageSize: number
  readonly pageSize: number
  /** For each caller; Infinity switches it off. */
  readonly requestsPerSecond: number
  readonly burst: number
  /** For each address that brings no good token. */
  readonly strangers: Rate
}

/** The bounds unless told otherwise. */
export const defaultFhirDoorLimits: FhirDoorLimits = {
  maxResourceBytes: 4 * 1024 * 1024,
  maxBundleBytes: 32 * 1024 * 1024,
  maxBundleEntries: 5000,
  maxPageSize: 500,
  pageSize: 50,
  requestsPerSecond: 5000,
  burst: 10_000,
  strangers: { requestsPerSecond: 20, burst: 200 },
}

/** The door's dependencies. */
export interface FhirDoorNeeds {
  /** Who calls, or why nobody may: `rest.unauthenticated`, `rest.forbidden`. */
  authenticate(head: FhirRequestHead): Promise<FhirCaller | FhirAccessRefusal>
  /** The corridor: makes items durable, takes them through the rooms, says what became of each. */
  takeIn(sent: readonly { readonly source: Source; readonly item: Arrival }[]): Promise<readonly Outcome[]>
  readonly records: Pick<Records, 'read' | 'vread' | 'history' | 'search' | 'countMatches'>
  /** The id of the record that a file-based FHIR source calls by this address; undefined for another kind of source. */
  idOfSender(source: string, address: ResourceAddress): string | undefined
  /** The catalogue's words for a code. */
  explain(code: string): { readonly message: Bilingual; readonly hint: Bilingual }
  /** Where the receipt of a version is fetched: a path or an absolute url. */
  receiptUrl(type: string, id: string, version: number): string
  /** The door's own address without a slash at its end, as clients see it: `https://host/fhir/R4`. */
  baseUrl(): string
  readonly software: { readonly name: string; readonly version: string }
  readonly publisher: string
  /** The offset of times that name none, in searches: `+08:00`. */
  readonly zone: string
  readonly terminology: Terminology
  readonly fingerprint: Fingerprint
  /** A fresh unique id for a request that brings none. */
  newRequestId(): string
  readonly clock: { now(): Date }
  /** The concept maps in force, in the order in which they are asked; absent where there are none. */
  maps?(): readonly MapInForce[]
  readonly limits?: FhirDoorLimits
}

/** The same once the door is open: with what the door keeps itself. */
export interface OpenDoorNeeds extends FhirDoorNeeds {
  /** Writes by the same criteria, one after the other. */
  readonly inTurn: CriteriaTurns
}

/** Why a caller may not. */
export interface FhirAccessRefusal {
  readonly refusedAccess: 'rest.unauthenticated' | 'rest.forbidden'
}
