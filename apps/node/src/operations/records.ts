/** `records`: lists what is kept, newest first, a page at a time; by state; or the one that a source calls by an id of its own. */
import { readAddress } from '@meridian/gateway'
import { toHex } from '@meridian/protocol'
import { accessAll, type VersionState, type VersionSummary, type WaitingDelivery } from '@meridian/vault'
import type { Node } from '../wiring/node.ts'
import { type Json, type Operation, OperationRefused } from './operation.ts'

/** The ladder of design §8, as `--state` takes it. */
export const recordStates = ['received', 'sealed', 'submitted', 'final', 'superseded', 'erased'] as const

/** `count` is 1 to 1000. `sourceId` needs `source`; it is `Type/id`, a full address, or an id of `type`. */
export interface RecordsArgs {
  readonly type?: string
  readonly state?: string
  readonly source?: string
  readonly sourceId?: string
  readonly count?: number
  readonly cursor?: string
}

/**
 * `{items: [{id, type, version, state, …}], next}`; `id` is what the other commands take. With `state: received` an item is a
 * delivery that is no record yet: `id` is `delivery/…`, and it has neither type nor version.
 */
export const records: Operation<RecordsArgs, Json> = {
  name: 'records',
  async run(node, args) {
    const { state, sourceId, ...filters } = args
    if (state !== undefined && !isState(state)) throw unknownState()
    const request = { count: 50, ...filters }
    if (sourceId !== undefined) return bySourceId(node, { ...args, sourceId })
    if (state === 'received') return received(node, request)
    const page = await node.vault.records.list(
      { ...request, ...(state === undefined ? {} : { state }) },
      accessAll,
    )
    if (page === undefined) throw foreignCursor()
    return { ...page, items: page.items.map(recordLine) }
  },
}

function isState(text: string): text is VersionState | 'received' {
  return (recordStates as readonly string[]).includes(text)
}

async function received(node: Node, { type, ...request }: RecordsArgs & { count: number }): Promise<Json> {
  if (type !== undefined) return { items: [] }
  const page = await node.vault.inbox.waiting(request, accessAll)
  if (page === undefined) throw foreignCursor()
  return { ...page, items: page.items.map(deliveryLine) }
}

async function bySourceId(node: Node, args: RecordsArgs & { readonly sourceId: string }): Promise<Json> {
  const { type, source, sourceId } = args
  const address = readAddress(sourceId.includes('/') ? sourceId : `${type ?? ''}/${sourceId}`)
  if (address === undefined || (type !== undefined && type !== address.type)) throw malformedSourceId()
  const id = source === undefined ? undefined : node.idOfSender(source, address)
  if (id === undefined) throw noSourceIds()
  const found = await node.vault.records.read(address.type, id, accessAll)
  const isWanted = found !== undefined && (args.state === undefined || args.state === found.state)
  return { items: isWanted ? [recordLine(found)] : [] }
}

function recordLine(version: VersionSummary): Json {
  return {
    id: `${version.type}/${version.id}/_history/${version.version}`,
    type: version.type,
    version: version.version,
    state: version.state,
    source: version.source,
    operation: version.operation,
    captureMethod: version.captureMethod,
    commitment: toHex(version.commitment),
    times: { ...version.times, stored: version.storedTime },
  }
}

function deliveryLine({ deliveryId, source, form, receivedTime }: WaitingDelivery): Json {
  return { id: `delivery/${deliveryId}`, state: 'received', source, form, times: { received: receivedTime } }
}

function foreignCursor(): OperationRefused {
  return new OperationRefused('cursor-unknown', {
    zh: '这个翻页标记不是本节点为这样的列表给出的，请从第一页重新开始。',
    en: 'This cursor was not given by this node for such a list; start again from the first page.',
  })
}

function unknownState(): OperationRefused {
  const known = recordStates.join(', ')
  return new OperationRefused('state-unknown', {
    zh: `没有这样的状态。可用的状态：${known}。`,
    en: `There is no such state. The states are ${known}.`,
  })
}

function malformedSourceId(): OperationRefused {
  return new OperationRefused('source-id-malformed', {
    zh: '来源自己的编号应写作 类型/编号，或用 --type 给出类型后只写编号。',
    en: 'Write the id of the source as Type/id, or name the type with --type and write the id alone.',
  })
}

function noSourceIds(): OperationRefused {
  return new OperationRefused('source-id-unsupported', {
    zh: '只有以文件方式接入的 FHIR 来源有自己的资源编号；请用 --source 给出这样的来源。其他来源的记录请按标识符检索。',
    en: 'Only FHIR sources that send files have resource ids of their own; name one with --source. Records of others are found by identifier.',
  })
}
