/**
 * Converts groups in a thread of its own when that is worth the way there and back: the same conversions on the same bytes, so
 * where it happens changes nothing (docs/adr/0081).
 */
import { Worker } from 'node:worker_threads'
import type { Received } from '../connect/received.ts'
import { isRoomRefusal, type RoomRefusal } from '../room-refusal.ts'
import type { ConversionAnswer, ConversionRequest, ConvertedItem, PackedItem } from './conversion-message.ts'
import type { CsvMapping } from './csv-to-fhir/csv-mapping.ts'
import type { ToolParts } from './source-tools.ts'
import { type Standardised, standardisedOf } from './standardised.ts'

/** The first room in another thread. */
export interface Conversion {
  /**
   * Results in the order of the items. Undefined when the caller does better to convert the group itself: it is small, the thread
   * is not ready or behind, or it died with the group.
   */
  convert(group: readonly Received[]): Promise<readonly (Standardised | RoomRefusal)[] | undefined>
  /** Ends the thread. */
  close(): Promise<void>
}

/** PERF: below so many bytes a group is converted sooner than a thread has been told of it. */
const worthAThread = 16 * 1024

/** PERF: with so many groups waiting for the thread, the caller's own is the one with nothing to do. */
const mostWaiting = 2

/** Starts nothing yet: the thread comes with the first group that is worth it. */
export function startConversion(parts: ToolParts): Conversion {
  let thread: ConversionThread | undefined
  let isClosed = false
  const threadFor = (group: readonly Received[]): ConversionThread | undefined => {
    if (isClosed || sizeOf(group) < worthAThread) return undefined
    if (thread === undefined || thread.hasEnded()) thread = startThread(parts)
    return thread.isFree() ? thread : undefined
  }
  return {
    async convert(group) {
      const items = await threadFor(group)?.convert(group)
      return items === undefined ? undefined : joined(group, items)
    },
    async close() {
      isClosed = true
      await thread?.terminate()
    },
  }
}

function joined(group: readonly Received[], items: readonly ConvertedItem[]): (Standardised | RoomRefusal)[] {
  return group.map((received, place) => {
    const item = items[place] as ConvertedItem
    if (received.refusal !== undefined) return received.refusal
    return isRoomRefusal(item) ? item : standardisedOf(received, item.records, item.findings)
  })
}

interface ConversionThread {
  /** Ready, and not already behind. */
  isFree(): boolean
  hasEnded(): boolean
  /** Undefined when the thread ended before it answered. */
  convert(group: readonly Received[]): Promise<readonly ConvertedItem[] | undefined>
  terminate(): Promise<unknown>
}

type Resolve = (items: readonly ConvertedItem[] | undefined) => void

function startThread({ organisationId, resourceIdKey, mappings }: ToolParts): ConversionThread {
  const worker = new Worker(new URL('./conversion-thread.ts', import.meta.url), {
    workerData: { organisationId, resourceIdKey },
    execArgv: [],
  })
  // Whoever waits for a group keeps the process alive; the thread by itself does not.
  worker.unref()
  const waiting = new Map<number, Resolve>()
  let state: 'starting' | 'ready' | 'ended' = 'starting'
  const end = () => {
    state = 'ended'
    for (const resolve of waiting.values()) resolve(undefined)
    waiting.clear()
  }
  worker.on('message', (answer: ConversionAnswer) => {
    if (answer.kind === 'ready') {
      state = 'ready'
      return
    }
    waiting.get(answer.id)?.(answer.items)
    waiting.delete(answer.id)
    if (waiting.size === 0) worker.unref()
  })
  worker.on('error', end)
  worker.on('exit', end)
  const send = (request: ConversionRequest, transfer: ArrayBuffer[] = []) =>
    worker.postMessage(request, transfer)
  const tellMappings = createMappingNews(mappings, send)
  let lastId = 0
  return {
    isFree: () => state === 'ready' && waiting.size < mostWaiting,
    hasEnded: () => state === 'ended',
    convert(group) {
      tellMappings()
      const { bytes, items } = packed(group)
      const id = ++lastId
      worker.ref()
      send({ kind: 'group', id, bytes, items }, [bytes.buffer])
      return new Promise((resolve) => waiting.set(id, resolve))
    },
    terminate: () => worker.terminate(),
  }
}

/** Tells the thread the mappings it does not have. */
function createMappingNews(
  mappings: ReadonlyMap<string, CsvMapping>,
  send: (request: ConversionRequest) => void,
): () => void {
  const told = new Map<string, CsvMapping>()
  return () => {
    for (const [name, mapping] of mappings) {
      if (told.get(name) === mapping) continue
      told.set(name, mapping)
      send({ kind: 'mapping', name, mapping })
    }
  }
}

/** PERF: one buffer for a group, handed over; a view would take the whole buffer it looks at with it. */
function packed(group: readonly Received[]): { bytes: Uint8Array<ArrayBuffer>; items: PackedItem[] } {
  const bytes = new Uint8Array(sizeOf(group))
  let to = 0
  const items = group.map(({ bytes: own, ...item }) => {
    const from = to
    bytes.set(own, from)
    to += own.length
    return { item, from, to }
  })
  return { bytes, items }
}

function sizeOf(group: readonly Received[]): number {
  return group.reduce((sum, { bytes }) => sum + bytes.length, 0)
}
