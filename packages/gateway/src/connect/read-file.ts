/** Reads a file, whatever it is: tells HL7 v2, FHIR JSON, NDJSON and CSV apart and yields the counted items, as a stream. */
import { refuseIn } from '../room-refusal.ts'
import type { Arrival } from './arrival.ts'
import { type CsvReading, readCsvRows } from './csv-rows.ts'
import { readFhirDocument } from './fhir-files.ts'
import { readHl7File } from './hl7v2/hl7-files.ts'
import { readNdjson } from './ndjson.ts'
import { defaultReadingLimits, type ReadingTools } from './reading.ts'

/** The kinds of file that are read. */
export type FileKind = 'hl7v2' | 'fhir-json' | 'fhir-ndjson' | 'csv'

const byExtension: Readonly<Record<string, FileKind>> = {
  hl7: 'hl7v2',
  er7: 'hl7v2',
  json: 'fhir-json',
  ndjson: 'fhir-ndjson',
  jsonl: 'fhir-ndjson',
  csv: 'csv',
  tsv: 'csv',
}

/** The kind by extension, else by the first bytes; undefined when neither tells. */
export function fileKindOf(file: string, head: Uint8Array): FileKind | undefined {
  const known = byExtension[/\.([A-Za-z0-9]+)$/.exec(file)?.[1]?.toLowerCase() ?? '']
  if (known !== undefined) return known
  const start = new TextDecoder('latin1')
    .decode(head.subarray(0, 64))

    .replace(/^(?:\u00ef\u00bb\u00bf|\s)+/, '')
  if (/^(MSH|FHS|BHS)/.test(start)) return 'hl7v2'
  if (start.startsWith('{')) return 'fhir-json'
  return undefined
}

/** What reading a file takes: the tools, and for CSV the mapping of its source. */
export interface FileReading {
  readonly tools: ReadingTools
  readonly csv?: CsvReading
}

/**
 * The items of a file. `file` is a base name. A file of no known kind, a CSV without mapping, and a document beyond the limit
 * are one refused item each.
 */
export async function* readFile(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  { tools, csv }: FileReading,
): AsyncGenerator<Arrival> {
  const { head, all } = await peek(chunks)
  const kind = fileKindOf(file, head)
  if (kind === 'fhir-ndjson') yield* readNdjson(all, file, tools)
  else if (kind === 'hl7v2') yield* readHl7File(all, file, { fingerprint: tools.fingerprint })
  else if (kind === 'csv' && csv !== undefined) yield* readCsvRows(all, file, csv, tools)
  else {
    const limit = (tools.limits ?? defaultReadingLimits).maxDocumentBytes
    const bytes = await collect(all, limit)
    if (bytes === undefined) yield refused(file, tools, 'connect.file-too-large')
    else if (kind === 'fhir-json') yield* readFhirDocument(bytes, { file }, tools)
    else
      yield refused(
        file,
        tools,
        kind === 'csv' ? 'connect.mapping-missing' : 'connect.file-kind-unknown',
        bytes,
      )
  }
}

function refused(
  file: string,
  tools: ReadingTools,
  code: string,
  bytes: Uint8Array = new Uint8Array(),
): Arrival {
  return {
    form: 'fhir',
    bytes,
    context: { via: 'file' },
    position: { file, index: 1 },
    controlId: `file:${tools.fingerprint('file', file)}`,
    refusal: refuseIn('connect', code),
  }
}

async function peek(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ head: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]()
  const first = await iterator.next()
  const head = first.done === true ? new Uint8Array() : first.value
  async function* all() {
    try {
      yield head
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
        yield next.value
    } finally {
      await iterator.return?.()
    }
  }
  return { head, all: all() }
}

async function collect(chunks: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    length += chunk.length
    if (length > limit) return undefined
    parts.push(chunk)
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
