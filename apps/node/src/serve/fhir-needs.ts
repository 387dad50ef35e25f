/** What the FHIR door is handed: the corridor, the records, and who may call. */
import { randomUUID } from 'node:crypto'
import { defaultFhirDoorLimits, explain, type FhirDoorNeeds, fhirBasePath } from '@meridian/gateway'
import { accessAll, type Role, type User } from '@meridian/vault'
import type { Node } from '../wiring/node.ts'
import { restSourceName } from '../wiring/sources.ts'

/** Who reads and writes records over FHIR. Others get theirs through release, not here. */
const mayCall: readonly Role[] = ['administrator', 'clerk']

/** How long a token that was found good is not looked up again: what signing out may lag behind. */
const rememberedMs = 2000

/** The needs of the FHIR door; `address` is where it listens, once it does. */
export function fhirNeedsOf(node: Node, address: () => string): FhirDoorNeeds {
  const source = node.sourceNamed(restSourceName)
  if (source === undefined) throw new Error('the source of the FHIR door is always there')
  const userOf = rememberUsers(node)
  return {
    async authenticate({ headers }) {
      const token = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1]
      const user = token === undefined ? undefined : await userOf(token)
      if (user === undefined) return { refusedAccess: 'rest.unauthenticated' }
      if (!mayCall.includes(user.role)) return { refusedAccess: 'rest.forbidden' }
      return { name: user.name, source, access: accessAll, mayWrite: true }
    },
    takeIn: (sent) => node.corridor.takeIn(sent),
    records: node.vault.records,
    idOfSender: node.idOfSender,
    explain,
    receiptUrl: (type, id, version) => `/api/records/${type}/${id}/${version}/receipt`,
    baseUrl: () => `${address()}${fhirBasePath}`,
    software: { name: 'Meridian', version: '0.1.0' },
    publisher: node.configuration.organisation.names.en,
    zone: source.timeZone,
    terminology: node.terminology,
    fingerprint: node.fingerprint,
    newRequestId: randomUUID,
    clock: node.clock,
    maps: node.maps.inForce,
    limits: { ...defaultFhirDoorLimits, ...node.configuration.limits.fhir },
  }
}

// PERF: a token costs a query; eight clients reading would ask it thousands of times a second.
function rememberUsers(node: Node): (token: string) => Promise<User | undefined> {
  const known = new Map<string, { readonly user: User; readonly untilMs: number }>()
  return async (token) => {
    const nowMs = node.clock.now().getTime()
    const remembered = known.get(token)
    if (remembered !== undefined && nowMs < remembered.untilMs) return remembered.user
    known.delete(token)
    const user = await node.vault.users.authenticate(token)
    if (known.size > 1000) known.clear()
    if (user !== undefined) known.set(token, { user, untilMs: nowMs + rememberedMs })
    return user
  }
}
