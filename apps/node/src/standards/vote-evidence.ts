/** What a vote about a standard carries: the hash of what its test vectors gave on this node, which must hold it for that. */
import { registryQueries } from '@meridian/ledger'
import { decodeAction, isRefusal, toHex } from '@meridian/protocol'
import { areFindings, readerFor, runVectors } from '@meridian/standards'
import { OperationRefused } from '../operations/operation.ts'
import type { Node } from '../wiring/node.ts'
import { refuseFindings } from './named-artefact.ts'

const tested = ['artefact.trial', 'artefact.activate'] as const

/** Undefined where the kind of proposal asks for none. @throws OperationRefused when the package is not here or its vectors fail. */
export function voteEvidence(
  { artefacts, engine, suite }: Pick<Node, 'artefacts' | 'engine' | 'suite'>,
  proposal: { readonly kind: string; readonly actionBytes: Uint8Array },
): Uint8Array | undefined {
  const kind = tested.find((one) => one === proposal.kind)
  if (kind === undefined) return undefined
  const action = decodeAction(kind, proposal.actionBytes)
  if (isRefusal(action)) return undefined
  const { id, version } = action
  const hash = registryQueries
    .registeredVersions(engine.state)
    .find((entry) => entry.id === id && entry.version === version)?.said.contentHash
  const held = hash === undefined ? undefined : artefacts.held(toHex(hash))
  if (held === undefined) throw notHeld(`${id}@${version}`, hash)
  const result = runVectors(suite, held, readerFor(held))
  if (areFindings(result)) refuseFindings(result)
  const failed = result.outcomes.find(({ outcome }) => outcome === 'failed')
  if (failed !== undefined) throw vectorFailed(failed.name)
  return result.hash
}

function notHeld(name: string, hash: Uint8Array | undefined): OperationRefused {
  const digits = hash === undefined ? 'HASH' : toHex(hash)
  return new OperationRefused('standards-not-held', {
    zh: `本节点没有 ${name} 的内容，不能代表本机构赞成。请先运行 meridian standards fetch ${digits}；有许可限制的请用 meridian standards add 加入自己的副本。`,
    en: `This node does not hold ${name}, so it cannot say yes for this organisation. Run meridian standards fetch ${digits} first, or add a copy of your own with meridian standards add when its licence asks for that.`,
  })
}

/** The refusal of a package whose vector did not pass. */
export function vectorFailed(name: string): OperationRefused {
  return new OperationRefused('standards-vectors-failed', {
    zh: `测试向量“${name}”在本节点没有通过。请用 meridian standards vectors 查看，反对票不受影响。`,
    en: `The test vector "${name}" did not pass on this node. See meridian standards vectors; a no is taken all the same.`,
  })
}
