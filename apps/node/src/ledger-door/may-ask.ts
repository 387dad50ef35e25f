/** Who may call which route: anyone for evidence, members by their signature, and the institution's own gateways for the rest. */
import { timingSafeEqual } from 'node:crypto'
import { REQUEST_SIGNATURE_SECONDS, readRequestSignature } from '@meridian/client'
import type { Engine } from '@meridian/engine'
import { isRefusal, KEYS_MODULE, provedKeyKeyOf, readProvedKey, type Suite } from '@meridian/protocol'
import type { FastifyRequest } from 'fastify'
import type { AnsweringMember, LedgerRoute } from './ledger-route.ts'

/** What the question is judged by. */
export interface AskedDoor {
  readonly engine: Pick<Engine, 'prove'>
  readonly suite: Suite
  readonly token?: string
  readonly member?: Pick<AnsweringMember, 'nowSeconds'>
}

/**
 * With a token everybody who brings it may ask everything. Without one only this machine may, and what a proxy on this machine hands on
 * does not count as this machine.
 */
export function mayAsk(request: FastifyRequest, { audience }: LedgerRoute, door: AskedDoor): boolean {
  if (audience === 'anyone' || isOwnCall(request, door.token)) return true
  return audience === 'member' && isMember(request, door)
}

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

/** Whether the institution itself asks: by its token, or, without one, from this machine and through no proxy. */
export function isOwnCall({ headers, socket }: FastifyRequest, token: string | undefined): boolean {
  if (token !== undefined) return isSame(headers.authorization ?? '', `Bearer ${token}`)
  const forwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => name in headers)
  return LOOPBACK.has(socket.remoteAddress ?? '') && !forwarded
}

function isSame(given: string, wanted: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(wanted)
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Signed by a statement key that counts on the ledger now, within a minute of this clock. */
function isMember({ headers, method, url }: FastifyRequest, { engine, suite, member }: AskedDoor): boolean {
  const { 'signature-input': input, signature } = headers
  if (typeof input !== 'string' || typeof signature !== 'string' || member === undefined) return false
  const signed = readRequestSignature({ input, signature }, { method, path: url })
  if (signed === undefined) return false
  const age = Number(member.nowSeconds()) - signed.createdSeconds
  if (Math.abs(age) > REQUEST_SIGNATURE_SECONDS) return false
  const proof = engine.prove(KEYS_MODULE, provedKeyKeyOf(signed.keyId))
  const value = isRefusal(proof) ? undefined : proof.proof.value
  const key = value === undefined ? undefined : readProvedKey(value)
  if (key === undefined || key.hasEnded || key.purpose !== 'statement') return false
  return suite.verifyStatementSignature(key.publicKey, signed.message, signed.signature)
}
