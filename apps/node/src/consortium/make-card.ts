/** Makes the card of the organisation whose home this is. Its keys sign here; nothing secret leaves the home. */

import { nodeIdOf } from '@meridian/engine'
import {
  areEndpoints,
  type Endpoints,
  fromHex,
  MEMBER_CLASSES,
  ORGANISATION_KINDS,
  type OrganisationKind,
  proveApplication,
  type Suite,
} from '@meridian/protocol'
import { UsageError } from '../command-line/command.ts'
import type { Configuration } from '../home/configuration.ts'
import type { Home } from '../home/home.ts'
import { openKeyFile, openKeySeed } from '../home/key-file.ts'
import type { OrganisationCard } from './organisation-card.ts'

/** What a card is made with. */
export interface CardParts {
  readonly suite: Suite
  readonly configuration: Configuration
  readonly passphrase: string
  /** The chain to apply to; `NO_CHAIN` for a founder. */
  readonly genesisHash: Uint8Array
}

/** The card. @throws UsageError when the configuration does not say enough. */
export function makeCard(home: Home, parts: CardParts): OrganisationCard {
  const { suite, configuration, passphrase, genesisHash } = parts
  const { id, names, kind, memberClass = 'ordinary', place = 'CN' } = configuration.organisation
  const endpoints = ownEndpoints(home, parts)
  const isKind = (ORGANISATION_KINDS as readonly string[]).includes(kind)
  if (!isKind || !MEMBER_CLASSES.includes(memberClass) || !areEndpoints(endpoints)) throw notEnough(home)
  const key = (purpose: 'statement' | 'receipt' | 'validator') => ({
    purpose,
    signer: openKeyFile(home, purpose, passphrase),
  })
  const purposes =
    memberClass === 'core'
      ? (['statement', 'receipt', 'validator'] as const)
      : (['statement', 'receipt'] as const)
  const application = proveApplication(
    suite,
    genesisHash,
    { organisation: id, names, kind: kind as OrganisationKind, memberClass, place, endpoints },
    purposes.map(key),
  )
  return { genesisHash, application }
}

/** Where others find the door and the node of this home, as its configuration says. */
export function ownEndpoints(
  home: Home,
  { suite, configuration, passphrase }: Omit<CardParts, 'genesisHash'>,
): Endpoints {
  const { listen, consensus } = configuration
  const nodeId = fromHex(nodeIdOf(suite, openKeySeed(home, 'node', passphrase))) as Uint8Array
  const door = listen.publicUrl ?? (listen.host === '127.0.0.1' ? `http://127.0.0.1:${listen.port}` : '')
  return { door, nodes: [{ nodeId, address: consensus.p2pExternal ?? consensus.p2pListen }] }
}

function notEnough(home: Home): UsageError {
  return new UsageError(
    {
      zh: `${home.configuration} 中的机构类别、成员类别、地区代码、publicUrl 或节点地址不符合要求，无法制作名片。`,
      en: `${home.configuration} has an organisation kind, member class, place, publicUrl or node address that a card cannot carry.`,
    },
    'card.not-enough',
  )
}
