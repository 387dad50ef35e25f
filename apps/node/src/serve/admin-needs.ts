/** What the admin door is handed: the node's parts in the small shapes that the door asks for. */

import {
  type AdminBlockSigner,
  type AdminLedgerBlock,
  type AdminNeeds,
  defaultDoorLimits,
  explain,
} from '@meridian/gateway'
import { membershipQueries } from '@meridian/ledger'
import {
  encodeExportFile,
  encodeReceipt,
  encodeTrust,
  headerHash,
  plainCopy,
  timeToText,
  toHex,
  validatorAddress,
} from '@meridian/protocol'
import { accessAll, type RecordVersion } from '@meridian/vault'
import { OperationRefused } from '../operations/operation.ts'
import { exportedRecordOf, receiptFor } from '../operations/receipt.ts'
import type { Node } from '../wiring/node.ts'
import { consortiumNeedOf } from './consortium-needs.ts'
import { grouperNeedOf } from './grouper-need.ts'
import { mappingsNeedOf } from './mappings-need.ts'
import { qualityNeedOf } from './quality-need.ts'
import { signedBlock } from './signing-record.ts'
import { standardsNeedOf } from './standards-need.ts'

/** The needs of the admin door, over an open node. `secureCookie`: browsers reach it by https only. */
export function adminNeedsOf(
  node: Node,
  { secureCookie, health }: Pick<AdminNeeds, 'secureCookie' | 'health'>,
): AdminNeeds {
  const { id, names } = node.configuration.organisation
  return {
    organisation: { id, names },
    vault: node.vault,
    corridor: corridorOf(node),
    receipts: receiptsOf(node),
    ledger: ledgerOf(node),
    consortium: consortiumNeedOf(node),
    health,
    grouper: grouperNeedOf(node),
    mappings: mappingsNeedOf(node),
    maps: { list: node.maps.held },
    quality: qualityNeedOf(node),
    standards: standardsNeedOf(node),
    terminology: node.terminology,
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
  { suite, engine }: Node,
  { light, statements, results, state }: NonNullable<Awaited<ReturnType<Node['ledger']['block']>>>,
): AdminLedgerBlock {
  const { header } = light
  const proposer = toHex(header.proposerAddress)
  const signers = signersOf({ suite, engine }, header.height)
  const organisation = signers.find(({ address }) => address === proposer)?.organisation
  return {
    height: Number(header.height),
    time: timeToText(header.time),
    hash: toHex(headerHash(suite, header)),
    appHash: toHex(header.appHash),
    proposer,
    ...(organisation === undefined ? {} : { proposerOrganisation: organisation }),
    signers,
    statements,
    results: results.map((refusal) => refusal?.code),
    subRoots: state.subRoots.map(({ module, root }) => ({ name: module, root: toHex(root) })),
    logRoot: toHex(state.logRoot),
    logSize: state.logSize,
  }
}

/** The member whose validator key it was, then as now: keys that have ended stay on the ledger. */
function signersOf({ suite, engine }: Pick<Node, 'suite' | 'engine'>, height: bigint): AdminBlockSigner[] {
  const block = engine.block(height)
  if (block === undefined) return []
  const { votes } = signedBlock(suite, block)
  return block.validators.map(({ publicKey }) => {
    const address = toHex(validatorAddress(suite, publicKey))
    const holder = membershipQueries.keyOf(engine.state, suite.sha256(publicKey))?.organisation
    const vote = votes.get(address) ?? 'missed'
    return { address, ...(holder === undefined ? {} : { organisation: holder }), vote }
  })
}
