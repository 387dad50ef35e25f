/** `records`: lists what is kept, newest first, a page at a time. */
import { toHex } from '@meridian/protocol'
import { accessAll, type VersionSummary } from '@meridian/vault'
import { type Json, type Operation, OperationRefused } from './operation.ts'

/** `count` is 1 to 1000. */
export interface RecordsArgs {
  readonly type?: string
  readonly source?: string
  readonly count?: number
  readonly cursor?: string
}

/** `{items: [{id, type, version, state, …}], next}`; `id` is what the other commands take. */
export const records: Operation<RecordsArgs, Json> = {
  name: 'records',
  async run(node, args) {
    const page = await node.vault.records.list({ count: 50, ...args }, accessAll)
    if (page === undefined) throw foreignCursor()
    return { items: page.items.map(recordLine), ...(page.next === undefined ? {} : { next: page.next }) }
  },
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

function foreignCursor(): OperationRefused {
  return new OperationRefused('cursor-unknown', {
    zh: '这个翻页标记不是本节点给出的，请从第一页重新开始。',
    en: 'This cursor was not given by this node; start again from the first page.',
  })
}
