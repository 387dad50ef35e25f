/** Founds a chain from the cards of its first members: the genesis document that each of them takes into its home. */
import { equalBytes, type GenesisDocument, type GenesisOrganisation, type Handover } from '@meridian/protocol'
import { UsageError } from '../command-line/command.ts'
import { NO_CHAIN, type OrganisationCard } from './organisation-card.ts'

/** What the founders agree on besides their cards. */
export interface Founding {
  /** Lower-case slug, 1 to 32 characters. */
  readonly chainName: string
  /** `YYYY-MM-DDTHH:MM:SSZ` */
  readonly genesisTime: string
  /** No vote brings the validators below this number. */
  readonly minValidators: number
  /** The chain of one of them that the new one goes on from. */
  readonly handover?: Handover
}

/** Four stand one fault; with fewer the chain stops as soon as one is away. */
export const DEFAULT_MIN_VALIDATORS = 4

/** The document; the same cards in any order give the same bytes. @throws UsageError */
export function foundChain(cards: readonly OrganisationCard[], founding: Founding): GenesisDocument {
  const sorted = cards.toSorted((a, b) => (a.application.organisation < b.application.organisation ? -1 : 1))
  checkFounders(sorted, founding)
  return {
    chainName: founding.chainName,
    genesisTime: founding.genesisTime,
    parameters: { minValidators: founding.minValidators },
    organisations: sorted.map(organisationOf),
    validators: sorted.flatMap(({ application: { organisation, memberClass, keys } }) =>
      memberClass === 'core'
        ? keys
            .filter(({ purpose }) => purpose === 'validator')
            .map(({ publicKey }) => ({ organisation, publicKey, power: 1n }))
        : [],
    ),
    ...(founding.handover === undefined ? {} : { handover: founding.handover }),
  }
}

function organisationOf({ application }: OrganisationCard): GenesisOrganisation {
  const { organisation, names, kind, memberClass, place, keys, endpoints } = application
  return {
    id: organisation,
    names,
    kind,
    memberClass,
    place,
    endpoints,
    keys: keys.flatMap(({ purpose, publicKey }) => (purpose === 'validator' ? [] : [{ purpose, publicKey }])),
  }
}

function checkFounders(cards: readonly OrganisationCard[], { minValidators }: Founding): void {
  const ids = cards.map(({ application }) => application.organisation)
  const twice = ids.find((id, i) => ids.indexOf(id) < i)
  if (twice !== undefined)
    throw refused('founding.twice', {
      zh: `机构 ${twice} 的名片给了两次。`,
      en: `The card of ${twice} was given twice.`,
    })
  const joined = cards.find(({ genesisHash }) => !equalBytes(genesisHash, NO_CHAIN))
  if (joined !== undefined)
    throw refused('founding.other-chain', {
      zh: `${joined.application.organisation} 的名片是为加入另一条链而签的，请不带 --chain 重新生成。`,
      en: `The card of ${joined.application.organisation} was signed for another chain; make it again without --chain.`,
    })
  const core = cards.filter(({ application }) => application.memberClass === 'core')
  const without = core.find(({ application }) =>
    application.keys.every(({ purpose }) => purpose !== 'validator'),
  )
  if (without !== undefined)
    throw refused('founding.no-validator', {
      zh: `核心成员 ${without.application.organisation} 的名片没有验证者密钥。`,
      en: `The card of the core member ${without.application.organisation} has no validator key.`,
    })
  if (core.length < minValidators)
    throw refused('founding.too-few', {
      zh: `核心成员只有 ${core.length} 个，少于 ${minValidators} 个。请补充名片，或用 --min-validators 指定更小的数。`,
      en: `There are ${core.length} core members and ${minValidators} are needed. Add cards, or give a smaller --min-validators.`,
    })
}

function refused(code: string, text: { readonly zh: string; readonly en: string }): UsageError {
  return new UsageError(text, code)
}
