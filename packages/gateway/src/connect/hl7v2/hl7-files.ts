/**
 * An HL7 v2 file as its messages: one message, several after one another, or batches with FHS/BHS/BTS/FTS whose counts are checked
 * (HL7 v2.8 §2.10.3). What stands outside any message is an item too, refused with its line, so that nothing is lost.
 */
import type { RoomRefusal } from '../../room-refusal.ts'
import { isRoomRefusal } from '../../room-refusal.ts'
import type { Arrival } from '../arrival.ts'
import type { Fingerprint } from '../reading.ts'
import { latin1 } from './charset.ts'
import { headerPart, readHeader } from './header.ts'
import { notHl7, trimFraming } from './parse.ts'
import { defaultHl7Limits, type Hl7Limits, refuseHl7 } from './refusals.ts'
import { type SegmentLine, segmentLines } from './segment-lines.ts'

/** What the reader is handed; `limits` bound a message. */
export interface Hl7ReadingTools {
  readonly fingerprint: Fingerprint
  readonly limits?: Hl7Limits
}

type LineKind = 'message' | 'FHS' | 'BHS' | 'BTS' | 'FTS' | 'blank' | 'segment' | 'other'

/** Bytes being gathered: a message, or a run of lines outside one. */
interface Run {
  readonly kind: 'message' | 'stray'
  readonly line: number
  parts: Uint8Array[]
  length: number
}

/** The items of a file, with the line each begins at. `file` is a base name. */
export async function* readHl7File(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  tools: Hl7ReadingTools,
): AsyncGenerator<Arrival> {
  const limits = tools.limits ?? defaultHl7Limits
  const reader = createReader(file, tools, limits)
  for await (const line of segmentLines(chunks, limits.maxMessageBytes)) yield* reader.line(line)
  yield* reader.end()
}

function createReader(file: string, tools: Hl7ReadingTools, limits: Hl7Limits) {
  const batches = createBatchCounter()
  const placeId = `place:${tools.fingerprint('file', file)}`
  let run: Run | undefined
  let blank = false
  let index = 0

  const finish = (): Arrival[] => {
    const done = run
    run = undefined
    if (done === undefined || trimFraming(joined(done)).length + done.length === 0) return []
    const position = { file, index: ++index, line: done.line }
    return [itemOf(done, { position, placeId: `${placeId}:${done.line}` }, limits)]
  }
  const refused = (line: SegmentLine, refusal: RoomRefusal): Arrival => ({
    form: 'hl7v2',
    bytes: trimFraming(line.bytes),
    context: { via: 'file' },
    position: { file, index: ++index, line: line.number },
    controlId: `${placeId}:${line.number}`,
    refusal,
  })
  const add = (line: SegmentLine, kind: Run['kind']): void => {
    run ??= { kind, line: line.number, parts: [], length: 0 }
    run.length += line.length
    if (run.length > limits.maxMessageBytes) run.parts = []
    else run.parts.push(line.bytes)
  }

  return {
    *line(line: SegmentLine): Generator<Arrival> {
      const kind = kindOf(line.bytes)
      if (kind === 'blank') {
        if (run !== undefined) add(line, run.kind)
        blank = true
        return
      }
      const envelope = kind === 'FHS' || kind === 'BHS' || kind === 'BTS' || kind === 'FTS'
      const outside = run?.kind === 'message' && blank && kind === 'other'
      if (kind === 'message' || envelope || outside) yield* finish()
      blank = false
      if (envelope) {
        const refusal = batches.envelope(kind, line)
        if (refusal !== undefined) yield refused(line, refusal)
        return
      }
      if (kind === 'message') batches.message()
      add(line, kind === 'message' ? 'message' : (run?.kind ?? 'stray'))
    },
    *end(): Generator<Arrival> {
      yield* finish()
    },
  }
}

function itemOf(
  run: Run,
  place: { position: Arrival['position']; placeId: string },
  limits: Hl7Limits,
): Arrival {
  const bytes = run.length > limits.maxMessageBytes ? new Uint8Array() : trimFraming(joined(run))
  const item = { form: 'hl7v2' as const, bytes, context: { via: 'file' }, position: place.position }
  if (run.length > limits.maxMessageBytes) {
    const refusal = refuseHl7('hl7v2.too-large', undefined, {
      bytes: run.length,
      limit: limits.maxMessageBytes,
    })
    return { ...item, controlId: place.placeId, refusal }
  }
  if (run.kind === 'stray') return { ...item, controlId: place.placeId, refusal: notHl7(bytes) }
  return { ...item, controlId: controlIdOf(bytes) ?? place.placeId }
}

/** MSH-10 of a message, or undefined when its header cannot be read or has none. */
export function controlIdOf(bytes: Uint8Array): string | undefined {
  const header = readHeader(bytes)
  if (isRoomRefusal(header)) return undefined
  const id = headerPart(header, 10)
  return id === '' ? undefined : id
}

function kindOf(bytes: Uint8Array): LineKind {
  const start = latin1(trimFraming(bytes.subarray(0, 16))).slice(0, 4)
  if (start === '') return trimFraming(bytes).length === 0 ? 'blank' : 'other'
  const name = start.slice(0, 3)
  const separated = start.length === 4 && /[!-/:-@[-`{-~]/.test(start[3] as string)
  if (!separated) return 'other'
  if (name === 'MSH') return 'message'
  if (name === 'FHS' || name === 'BHS' || name === 'BTS' || name === 'FTS') return name
  return /^[A-Z][A-Z0-9]{2}$/.test(name) ? 'segment' : 'other'
}

/**
 * Counts messages per batch and batches per file, and compares with what the trailers say. Every header and trailer is optional
 * (§2.10.3.1), so a file may begin or end with any of them; only a file inside a file is broken.
 */
function createBatchCounter() {
  let openFile = false
  let messages = 0
  let inFile = 0
  let batches = 0
  return {
    message() {
      messages++
      inFile++
    },
    envelope(kind: 'FHS' | 'BHS' | 'BTS' | 'FTS', line: SegmentLine): RoomRefusal | undefined {
      if (kind === 'FHS') {
        const nested = openFile
        openFile = true
        messages = inFile = batches = 0
        return nested ? refuseHl7('hl7v2.batch-structure', `line ${line.number}`) : undefined
      }
      if (kind === 'BHS') {
        batches++
        messages = 0
        return undefined
      }
      if (kind === 'BTS') {
        const counted = messages
        messages = 0
        return compare(line, [counted])
      }
      openFile = false
      // FTS-1 counts batches; without any header the messages are one batch, and some systems count them instead.
      return compare(line, batches === 0 ? [1, inFile] : [batches])
    },
  }
}

function compare(trailer: SegmentLine, counts: readonly number[]): RoomRefusal | undefined {
  const line = latin1(trimFraming(trailer.bytes))
  const said = line.split(line[3] as string)[1]?.trim() ?? ''
  if (said === '' || counts.includes(Number(said))) return undefined
  const place = `${line.slice(0, 3)}-1`
  return refuseHl7('hl7v2.batch-count', place, {
    counted: counts[counts.length - 1] as number,
    line: trailer.number,
  })
}

function joined(run: Run): Uint8Array {
  return run.parts.length === 1 ? (run.parts[0] as Uint8Array) : Buffer.concat(run.parts)
}
