/** A record version as people write it: `Type/id/_history/v`, `Type/id` for the newest. */
import { accessAll, type RecordVersion } from '@meridian/vault'
import type { Node } from '../wiring/node.ts'
import { OperationRefused } from './operation.ts'

/** Finds the version. @throws OperationRefused when the words are no id or there is no such record. */
export async function findVersion(node: Node, words: string): Promise<RecordVersion> {
  const parts = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/([1-9]\d{0,8}))?$/.exec(words)
  const [, type, id, version] = parts ?? []
  if (type === undefined || id === undefined) throw malformed(words)
  const found =
    version === undefined
      ? await node.vault.records.read(type, id, accessAll)
      : await node.vault.records.vread(type, id, Number(version), accessAll)
  if (found === undefined) throw unknown(words)
  return found
}

function malformed(words: string): OperationRefused {
  return new OperationRefused('record-id-malformed', {
    zh: `“${words}”不是记录编号。应写作 类型/编号 或 类型/编号/_history/版本，可用 meridian records 查看。`,
    en: `"${words}" is no record id. Write Type/id or Type/id/_history/version; meridian records lists them.`,
  })
}

function unknown(words: string): OperationRefused {
  return new OperationRefused('record-unknown', {
    zh: `本节点没有记录 ${words}。`,
    en: `This node has no record ${words}.`,
  })
}
