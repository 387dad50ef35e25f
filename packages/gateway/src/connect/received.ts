/** What leaves the room `connect`: one counted item, already durable in the inbox, bytes exactly as they came. */
import type { RoomRefusal } from '../room-refusal.ts'
import type { Source } from './source.ts'

/** Where an item stood in what was sent, so that a refusal can name the place. Lines and indexes start at 1. */
export interface Position {
  readonly file?: string
  readonly index: number
  readonly line?: number
}

/** The shapes an item can have when it arrives. */
export type ReceivedForm = 'hl7v2' | 'fhir' | 'csv-row'

/**
 * One HL7 v2 message, one FHIR resource or transaction Bundle, or one CSV row.
 * `controlId` is MSH-10, the Bundle or resource id, or the row's place; with source and bytes it decides what a
 * duplicate is. `context` carries what the bytes alone lack (a CSV row's headings, a REST verb). `receivedTime` is
 * an ISO 8601 instant.
 */
export interface Received {
  readonly deliveryId: string
  readonly source: Source
  readonly form: ReceivedForm
  readonly bytes: Uint8Array
  readonly context: Readonly<Record<string, string>>
  readonly position: Position
  readonly controlId: string
  readonly receivedTime: string
  /** What `connect` already found: the bytes cannot be read as their form, or the control id was used before. */
  readonly refusal?: RoomRefusal
}
