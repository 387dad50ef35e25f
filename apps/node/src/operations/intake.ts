/** `intake`: takes files in, whatever they are, anchors what was stored, and counts what became of every item. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import {
  type Arrival,
  type CsvMapping,
  type CsvReading,
  fileKindOf,
  LedgerRefused,
  type Outcome,
  readFile,
  type Sent,
} from '@meridian/gateway'
import type { ConfiguredSource } from '../home/configuration.ts'
import type { Node } from '../wiring/node.ts'
import { readMappingFile } from '../wiring/read-mappings.ts'
import { fileKinds } from './file-kinds.ts'
import { createIntakeCount, type IntakeSummary } from './intake-count.ts'
import { type OnProgress, type Operation, OperationRefused } from './operation.ts'

/** Absolute paths of files; `source` names a configured source, `mapping` an id or the path of a mapping document. */
export interface IntakeArgs {
  readonly files: readonly string[]
  readonly source?: string
  readonly mapping?: string
}

const groupSize = 256

/**
 * PERF: a group is also full when it holds so many bytes: 256 Bundles are thousands of records, which would wait for each other
 * and hold the event loop and the memory for long.
 */
const groupBytes = 128 * 1024
const groupsInRooms = 4

/** Files in the order given, the items of a file in its order. Effects: inbox, vault, quarantine, ledger. */
export const intake: Operation<IntakeArgs, IntakeSummary> = {
  name: 'intake',
  async run(node, args, onProgress) {
    const total = (await Promise.all(args.files.map(async (file) => (await stat(file)).size))).reduce(
      (a, b) => a + b,
      0,
    )
    const count = createIntakeCount()
    const progress = { done: 0, total, onProgress }
    for (const file of args.files) await takeFileIn(node, file, { args, count, progress })
    const refused = await anchorNow(node)
    const { height } = await node.ledger.status()
    return count.summary(Number(height), refused)
  },
}

/** Why the ledger does not take it, or undefined. */
async function anchorNow({ anchoring }: Node) {
  try {
    await anchoring.flush()
    return undefined
  } catch (error) {
    if (error instanceof LedgerRefused) return { code: error.code, ...error.text }
    throw error
  }
}

interface FileWork {
  readonly args: IntakeArgs
  readonly count: ReturnType<typeof createIntakeCount>
  readonly progress: { done: number; readonly total: number; readonly onProgress: OnProgress }
}

async function takeFileIn(node: Node, path: string, { args, count, progress }: FileWork): Promise<void> {
  const file = basename(path)
  const { source, csv } = await sourceOf(node, path, args)
  const chunks = counted(createReadStream(path, { highWaterMark: 256 * 1024 }), progress)
  const tools = { fingerprint: node.fingerprint }
  const groups = createGroups(node, (outcomes) => count.add(file, outcomes))
  for await (const item of readFile(chunks, file, { tools, ...(csv === undefined ? {} : { csv }) })) {
    await groups.add({ source, item: item as Arrival })
  }
  await groups.end()
}

/** While one group is being stored the next is made durable and converted, and the one after is read: they wait for the slowest. */
function createGroups(node: Node, onOutcomes: (outcomes: readonly Outcome[]) => void) {
  let group: Sent[] = []
  let bytes = 0
  const inRooms: Promise<void>[] = []
  const send = async () => {
    const sent = group
    group = []
    bytes = 0
    if (inRooms.length >= groupsInRooms) await inRooms.shift()
    const kept = await node.corridor.keep(sent)
    const counted = Promise.all(kept.map((one) => one.outcome)).then(onOutcomes)
    // It is awaited later; until then a failure must not look like nobody's.
    counted.catch(() => undefined)
    inRooms.push(counted)
  }
  return {
    async add(sent: Sent): Promise<void> {
      bytes += sent.item.bytes.length
      if (group.push(sent) >= groupSize || bytes >= groupBytes) await send()
    },
    async end(): Promise<void> {
      await send()
      await Promise.all(inRooms)
    },
  }
}

async function sourceOf(
  node: Node,
  path: string,
  { source: name, mapping }: IntakeArgs,
): Promise<{ source: ConfiguredSource; csv?: CsvReading }> {
  const kind = fileKinds[fileKindOf(basename(path), await headOf(path)) ?? 'fhir-json']
  const source = node.sourceFor(kind, name)
  if (source === undefined) throw sourceUnknown(name ?? '', kind)
  if (kind !== 'csv') return { source }
  const chosen = mapping ?? source.mapping
  const found = chosen === undefined ? undefined : node.mappings.get(chosen)
  if (found !== undefined) return { source, csv: readingOf(found) }
  if (chosen === undefined || !chosen.endsWith('.json')) return { source }
  const own = readMappingFile(chosen)
  node.addMapping(own)
  return { source, csv: readingOf(own) }
}

const readingOf = (mapping: CsvMapping): CsvReading => ({
  mappingId: mapping.id,
  mappingVersion: mapping.version,
  layout: mapping.layout,
})

async function headOf(path: string): Promise<Uint8Array> {
  for await (const chunk of createReadStream(path, { end: 63 })) return chunk as Uint8Array
  return new Uint8Array()
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  progress: FileWork['progress'],
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    yield chunk
    progress.done += chunk.length
    progress.onProgress(progress.done, progress.total)
  }
}

function sourceUnknown(name: string, kind: string): OperationRefused {
  return new OperationRefused('source-unknown', {
    zh: `meridian.json 中没有名为“${name}”、类型为 ${kind} 的来源。`,
    en: `meridian.json has no source called "${name}" of kind ${kind}.`,
  })
}
