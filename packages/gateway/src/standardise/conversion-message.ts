/** What the main thread and the conversion thread say to each other. */
import type { Finding } from '@meridian/standards'
import type { Received } from '../connect/received.ts'
import type { RoomRefusal } from '../room-refusal.ts'
import type { CsvMapping } from './csv-to-fhir/csv-mapping.ts'
import type { ToolParts } from './source-tools.ts'
import type { StandardRecord } from './standardised.ts'

/** What the thread is started with. */
export type ConversionStart = Omit<ToolParts, 'mappings'>

/** An item without its bytes, which are `bytes.subarray(from, to)` of its group. */
export interface PackedItem {
  readonly item: Omit<Received, 'bytes'>
  readonly from: number
  readonly to: number
}

/** Mappings to be used from now on, or a group to convert. */
export type ConversionRequest =
  | { readonly kind: 'mapping'; readonly name: string; readonly mapping: CsvMapping }
  | {
      readonly kind: 'group'
      readonly id: number
      readonly bytes: Uint8Array
      readonly items: readonly PackedItem[]
    }

/** A conversion without the item it came from, which the main thread has. */
export type ConvertedItem =
  | { readonly records: readonly StandardRecord[]; readonly findings: readonly Finding[] }
  | RoomRefusal

/** `ready` comes first, once. */
export type ConversionAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'group'; readonly id: number; readonly items: readonly ConvertedItem[] }
