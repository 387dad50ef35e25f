/** What another organisation speaks, as it published it: its own artefact `capability.ID`, by the hash that the ledger has. */
import { registryQueries } from '@meridian/ledger'
import { toHex } from '@meridian/protocol'
import { areFindings, type Capability, readCapabilityFile } from '@meridian/standards'
import { doorsOfOthers } from '../ledger-door/member-keys.ts'
import { OperationRefused } from '../operations/operation.ts'
import { fetchArtefact } from '../standards/fetch-artefact.ts'
import { refuseFindings } from '../standards/named-artefact.ts'
import { askAt } from '../wiring/member-doors.ts'
import type { Node } from '../wiring/node.ts'

/** The capability and the hash of its package, hex. */
export interface PublishedCapability {
  readonly capability: Capability
  readonly hash: string
}

/** The newest that the organisation itself published; fetched from a member when this node does not hold it. @throws OperationRefused */
export async function capabilityOf(node: Node, organisation: string): Promise<PublishedCapability> {
  const id = `capability.${organisation}`
  const artefact = registryQueries.artefactOf(node.engine.state, id)
  const version =
    artefact?.publisher === organisation
      ? registryQueries.versionOf(node.engine.state, id, artefact.version)
      : undefined
  if (version === undefined) throw notPublished(organisation)
  const hash = toHex(version.contentHash)
  const files = node.artefacts.held(hash)?.files ?? (await fetched(node, hash))
  if (files === undefined) throw nowhere(organisation)
  const capability = readCapabilityFile(files)
  if (areFindings(capability)) return refuseFindings(capability)
  return { capability: capability as Capability, hash }
}

async function fetched(node: Node, hash: string): Promise<ReadonlyMap<string, Uint8Array> | undefined> {
  const { id } = node.configuration.organisation
  const asker = {
    organisation: id,
    signer: node.keys.current.statement,
    nowMs: () => node.clock.now().getTime(),
  }
  const found = await fetchArtefact(askAt(doorsOfOthers(node.engine, id), asker), node.suite, hash)
  return found instanceof Map ? found : undefined
}

function notPublished(organisation: string): OperationRefused {
  return new OperationRefused('conversion.no-capability', {
    zh: `${organisation} 还没有在账本上发布它使用的格式与编码（capability.${organisation}）。`,
    en: `${organisation} has not published what it speaks (capability.${organisation}) on the ledger.`,
  })
}

function nowhere(organisation: string): OperationRefused {
  return new OperationRefused('conversion.capability-away', {
    zh: `已知 ${organisation} 的能力声明，但没有成员给出文件，请稍后再试。`,
    en: `The capability of ${organisation} is known by its hash, but no member gives the file now; try again later.`,
  })
}
