/** NDJSON: one FHIR resource or Bundle a line, read as a stream (FHIR Bulk Data, application/fhir+ndjson). */
import { refuseIn } from '../room-refusal.ts'
import type { Arrival } from './arrival.ts'
import { type ByteLine, byteLines } from './byte-lines.ts'
import { readFhirDocument } from './fhir-files.ts'
import { defaultReadingLimits, type ReadingTools } from './reading.ts'
import type { Position } from './received.ts'

/** The items of an NDJSON file, with line numbers. Empty lines are no items. A line beyond the limit is refused unread. */
export async function* readNdjson(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  tools: ReadingTools,
): AsyncGenerator<Arrival> {
  const limit = (tools.limits ?? defaultReadingLimits).maxLineBytes
  let index = 0
  for await (const line of byteLines(chunks, limit)) {
    if (line.length > limit) {
      yield tooLong(line, { file, index: ++index, line: line.number }, tools, limit)
    } else if (!isBlank(line.bytes)) {
      for (const item of readFhirDocument(line.bytes, { file, line: line.number }, tools)) {
        yield { ...item, position: { ...item.position, index: ++index } }
      }
    }
  }
}

function tooLong(line: ByteLine, position: Position, tools: ReadingTools, limit: number): Arrival {
  const place = `line ${line.number}`
  return {
    form: 'fhir',
    bytes: new Uint8Array(),
    context: { via: 'file', shape: 'document' },
    position,
    controlId: `place:${tools.fingerprint('file', position.file ?? '')}:${line.number}`,
    refusal: refuseIn('connect', 'fhir.line.too-long', { place, detail: { bytes: line.length, limit } }),
  }
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)
}
