/** The replacement rule: two statements for one purpose can never both be ordered. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refuse } from '@meridian/protocol'
import fc from 'fast-check'
import type { StatementPlace } from './documents/place-document.ts'
import { nextDelivery } from './next-delivery.ts'
import type { SignedStatement } from './sign-for-ledger.ts'

const signed = (n: number, expirySeconds: bigint): SignedStatement => ({
  statementId: new Uint8Array(32).fill(n),
  bytes: new Uint8Array([n]),
  expirySeconds,
})

const place = (refusal: StatementPlace['refusal'] = null): StatementPlace => ({
  height: 3n,
  blockTimeSeconds: 90n,
  index: 0,
  logIndex: refusal === null ? 0 : null,
  refusal,
})

test('what was never signed is signed', () => {
  assert.equal(nextDelivery([], { blockTimeSeconds: 1n, places: [] }).step, 'sign')
})

test('the same bytes are submitted as long as a block may still take them', () => {
  const statement = signed(1, 100n)
  for (const blockTimeSeconds of [50n, 99n, 100n]) {
    assert.deepEqual(nextDelivery([statement], { blockTimeSeconds, places: [undefined] }), {
      step: 'submit',
      statement,
    })
  }
})

test('a replacement is signed only after a block later than the expiry lacks the statement', () => {
  const view = { blockTimeSeconds: 101n, places: [undefined] }
  assert.equal(nextDelivery([signed(1, 100n)], view).step, 'sign')
})

test('a statement that a block holds is final, also when a later one was signed', () => {
  const [first, second] = [signed(1, 100n), signed(2, 200n)]
  const next = nextDelivery([first, second], { blockTimeSeconds: 150n, places: [place(), undefined] })
  assert.deepEqual(next, { step: 'final', statement: first, place: place() })
})

test('a statement that a block records as refused can never be accepted, so it is replaced at once', () => {
  const refusal = refuse('ledger', 'statement.revoked-key')
  const view = { blockTimeSeconds: 50n, places: [place(refusal)] }
  assert.equal(nextDelivery([signed(1, 100n)], view).step, 'sign')
})

test('on a chain that loses, delays and takes statements at will, one purpose never counts twice', () => {
  const step = fc.record({ afterSeconds: fc.nat(40), takes: fc.boolean(), takesOld: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const statements: SignedStatement[] = []
      const submitted: SignedStatement[] = []
      const places: (StatementPlace | undefined)[] = []
      let now = 0n
      for (const { afterSeconds, takes, takesOld } of steps) {
        const next = nextDelivery(statements, { blockTimeSeconds: now, places })
        if (next.step === 'sign') {
          statements.push(signed(statements.length, now + 60n))
          places.push(undefined)
        } else if (next.step === 'submit') submitted.push(next.statement)
        now += BigInt(afterSeconds)
        // The chain takes anything that was ever submitted and has not expired.
        const candidate = takesOld ? submitted[0] : submitted.at(-1)
        const index = candidate === undefined ? -1 : statements.indexOf(candidate)
        if (takes && candidate !== undefined && candidate.expirySeconds > now) places[index] ??= place()
      }
      assert.ok(places.filter((each) => each !== undefined).length <= 1)
    }),
  )
})
