/** The thread in which large groups are converted, so that a second core has work. Speaks the messages of `conversion-message.ts`. */
import { parentPort, workerData } from 'node:worker_threads'
import { isRoomRefusal } from '../room-refusal.ts'
import type {
  ConversionAnswer,
  ConversionRequest,
  ConversionStart,
  ConvertedItem,
  PackedItem,
} from './conversion-message.ts'
import type { CsvMapping } from './csv-to-fhir/csv-mapping.ts'
import { toolsFor } from './source-tools.ts'
import { standardise } from './standardise.ts'

const port = parentPort
if (port === null) throw new Error('conversion-thread.ts is started as a worker thread only')

const mappings = new Map<string, CsvMapping>()
const parts = { ...(workerData as ConversionStart), mappings }

port.on('message', (request: ConversionRequest) => {
  if (request.kind === 'mapping') mappings.set(request.name, request.mapping)
  else
    answer({ kind: 'group', id: request.id, items: request.items.map((one) => convert(one, request.bytes)) })
})
answer({ kind: 'ready' })

function convert({ item, from, to }: PackedItem, bytes: Uint8Array): ConvertedItem {
  const converted = standardise({ ...item, bytes: bytes.subarray(from, to) }, toolsFor(item.source, parts))
  if (isRoomRefusal(converted)) return converted
  const { records, findings } = converted
  return { records, findings }
}

function answer(message: ConversionAnswer): void {
  port?.postMessage(message)
}
