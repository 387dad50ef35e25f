/** What the admin door is handed: the node's parts in the small shapes that the door asks for. */
import { type AdminLedgerBlock, type AdminNeeds, defaultDoorLimits, explain } from '@meridian/gateway'
import {
  encodeExportFile,
  encodeReceipt,
  encodeTrust,
  headerHash,
  plainCopy,
  timeToText,
  toHex,
} from '@meridian/protocol'
import { accessAll, type RecordVersion } from '@meridian/vault'
import { OperationRefused } from '../operations/operation.ts'
import { exportedRecordOf, receiptFor } from '../operations/receipt.ts'
import type { Node } from '../wiring/node.ts'

/** The needs of the admin door, over an open node. `secureCookie`: browsers reach it by https only. */
export function adminNeedsOf(node: Node, { secureCookie }: Pick<AdminNeeds, 'secureCookie'>): AdminNeeds {
  const { id, names } = node.configuration.organisation
  return {
    organisation: { id, names },
    vault: node.vault,
    corridor: corridorOf(node),
    receipts: receiptsOf(node),
    ledger: ledgerOf(node),
    nowMs: () => node.clock.now().getTime(),
    secureCookie,
    limits: { ...defaultDoorLimits, ...node.configuration.limits.admin },
  }
}

function corridorOf(node: Node): AdminNeeds['corridor'] {
  return {
    onChange: node.events.onChange,
    resume: async () => void (await node.corridor.resume()),
    judge(name, text) {
      const profile = node.sourceNamed(name)?.profile ?? 'r4'
      const today = node.clock.now().toISOString().slice(0, 10)
      const findings = node.validator.checkResource(plainCopy(text), profile, { text, today })
      return { profile, standardsSetHash: toHex(node.standardsSetHash), findings }
    },
    explain,
  }
}

function receiptsOf(node: Node): AdminNeeds['receipts'] {
  const find = (type: string, id: string, version: number): Promise<RecordVersion | undefined> =>
    node.vault.records.vread(type, id, version, accessAll)
  return {
    async receipt(type, id, version) {
      const found = await find(type, id, version)
      if (found === undefined) return undefined
      try {
        return { text: encodeReceipt(await receiptFor(node, found)) }
      } catch (error) {
        if (error instanceof OperationRefused) return 'not-final'
        throw error
      }
    },
    async export(type, id, version) {
      const found = await find(type, id, version)
      if (found === undefined) return undefined
      const record = exportedRecordOf(node, found)
      return record === undefined ? 'erased' : { text: encodeExportFile(record) }
    },
    trust: async () => ({ text: encodeTrust(node.suite, node.trust) }),
  }
}

function ledgerOf(node: Node): AdminNeeds['ledger'] {
  return {
    async status() {
      const { chainId, height, appHash, logSize, timeNanos } = await node.ledger.status()
      return {
        chainId,
        height: Number(height),
        blockTime: timeToText(timeNanos),
        appHash: toHex(appHash),
        logSize,
      }
    },
    async block(height) {
      const block = await node.ledger.block(BigInt(height))
      return block === undefined ? undefined : blockDocument(node, block)
    },
  }
}

function blockDocument(
  { suite }: Node,
  { light, statements, results, state }: NonNullable<Awaited<ReturnType<Node['ledger']['block']>>>,
): AdminLedgerBlock {
  const { header, commit, validators } = light
  return {
    height: Number(header.height),
    time: timeToText(header.time),
    hash: toHex(headerHash(suite, header)),
    appHash: toHex(header.appHash),
    proposer: toHex(header.proposerAddress),
    signatures: commit.signatures.filter((signature) => signature !== null).length,
    validators: validators.length,
    statements,
    results: results.map((refusal) => refusal?.code),
    subRoots: state.subRoots.map(({ module, root }) => ({ name: module, root: toHex(root) })),
    logRoot: toHex(state.logRoot),
    logSize: state.logSize,
  }
}
