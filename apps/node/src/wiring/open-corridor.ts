/** Opens the corridor IN and the room that anchors what it stores. */
import type { LedgerClient } from '@meridian/client'
import {
  type AnchorLedger,
  type CsvMapping,
  createCorridor,
  recordIdOfSender,
  type Source,
  startAnchoring,
  startConversion,
  toolsFor,
} from '@meridian/gateway'
import { isRefusal, type Suite } from '@meridian/protocol'
import { randomBytes } from '@meridian/protocol/node'
import type { Validator } from '@meridian/standards'
import type { Clock, Vault } from '@meridian/vault'
import type { Configuration } from '../home/configuration.ts'
import type { Closers } from './closers.ts'
import { createEvents } from './events.ts'
import type { Node } from './node.ts'
import type { Keys } from './open-keys.ts'
import { createOutageLog } from './outage-log.ts'
import { pause } from './pause.ts'
import { type createSources, restSourceName } from './sources.ts'

interface CorridorParts {
  readonly configuration: Configuration
  readonly vault: Vault
  readonly ledger: LedgerClient
  readonly keys: Keys
  readonly suite: Suite
  readonly genesisHash: Uint8Array
  readonly validator: Validator
  readonly clock: Clock
  readonly sources: ReturnType<typeof createSources>
  readonly mappings: ReadonlyMap<string, CsvMapping>
  readonly log: (text: string) => void
}

/** The corridor closes before the room that anchors, and both before the vault. */
export function openCorridor(
  parts: CorridorParts,
  closers: Closers,
): Pick<Node, 'corridor' | 'anchoring' | 'events' | 'idOfSender'> {
  const { configuration, vault, ledger, keys, suite, genesisHash, clock, sources, log, validator } = parts
  const organisationId = configuration.organisation.id
  const events = createEvents()
  const outage = { anchor: createOutageLog('anchor', log), corridor: createOutageLog('corridor', log) }
  const newUniqueId = () => randomBytes(16)
  const anchoring = startAnchoring({
    outbox: vault.outbox,
    ledger: anchorLedgerOf(ledger),
    signing: { suite, signer: keys.statement, organisationId, genesisHash, newUniqueId },
    policy: configuration.batches,
    clock,
    pause,
    onEvent(event) {
      if (event.kind === 'anchored') outage.anchor.back()
      else outage.anchor.failed(event.code)
      events.changed()
    },
  })
  closers.add(() => anchoring.close())
  const resourceIdKey = keys.keyring.digestKey('resource id')
  const toolParts = { organisationId, resourceIdKey, mappings: parts.mappings }
  const tools = (source: Source) => toolsFor(source, toolParts)
  const conversion = startConversion(toolParts)
  closers.add(() => conversion.close())
  const corridor = createCorridor({
    vault,
    clock,
    toolsFor: tools,
    conversion,
    validator,
    sourceNamed: sources.named,
    pause,
    onEvent(event) {
      if ('code' in event) outage.corridor.failed(event.code)
      else outage.corridor.back()
      anchoring.nudge()
      events.changed()
    },
  })
  closers.add(() => corridor.close())
  const idOfSender: Node['idOfSender'] = (name, address) => {
    const source = sources.named(name)
    return source?.kind === 'fhir' && name !== restSourceName
      ? recordIdOfSender(name, address, tools(source))
      : undefined
  }
  return { corridor, anchoring, events, idOfSender }
}

function anchorLedgerOf(ledger: LedgerClient): AnchorLedger {
  return {
    async submit(bytes) {
      const answer = await ledger.submit(bytes)
      return isRefusal(answer) ? answer : undefined
    },
    async locate(statementId) {
      const place = await ledger.locate(statementId)
      if (place === undefined) return undefined
      const { height, blockTimeSeconds, refusal } = place
      return { height, blockTimeSeconds, ...(refusal === null ? {} : { refusal }) }
    },
    blockTimeSeconds: () => ledger.blockTimeSeconds(),
  }
}
