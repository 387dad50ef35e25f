/** GET /ledger/v1/members: who is a member of which class, who validates, and who signed twice. */
import { type LedgerMember, type LedgerMembers, membersForm } from '@meridian/client'
import type { Engine } from '@meridian/engine'
import { membershipQueries } from '@meridian/ledger'
import { found, type LedgerRoute } from '../ledger-route.ts'

const { doubleSignings, organisationKey, organisations, validatorsOf } = membershipQueries

/** The route. Each item names the key by which `proofs` proves it. */
export const readMembers: LedgerRoute = {
  method: 'GET',
  audience: 'member',
  url: '/ledger/v1/members',
  params: {},
  query: {},
  async answer({ engine }) {
    return found(membersForm, membersDocument(engine))
  },
}

function membersDocument(engine: Engine): LedgerMembers {
  const { state } = engine
  const validators = new Map(validatorsOf(state).map((each) => [each.organisation, each]))
  const items = [...organisations(state)].map(([organisation, member]): LedgerMember => {
    const { nameZh, nameEn, endpoints, activeSigningKeys, credentialsHash } = member
    const validator = validators.get(organisation)
    return {
      organisation,
      names: { zh: nameZh, en: nameEn },
      kind: member.kind,
      memberClass: member.memberClass,
      status: member.status,
      statusHeight: member.statusHeight,
      place: member.place,
      door: endpoints.door,
      nodes: endpoints.nodes,
      signingKeys: activeSigningKeys,
      validator: validator === undefined ? null : { keyId: validator.keyId, publicKey: validator.publicKey },
      barredFromValidating: member.barredFromValidating,
      sponsor: member.sponsor,
      credentialsHash: credentialsHash ?? null,
      stateKey: organisationKey(organisation),
    }
  })
  return { height: engine.status().height, items, doubleSignings: doubleSignings(state) }
}
