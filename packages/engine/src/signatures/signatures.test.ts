/** The memory of signatures and the thread that fills it never change a verdict. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Suite } from '@meridian/protocol'
import { createSigner, nodeSuite } from '@meridian/protocol/node'
import fc from 'fast-check'
import { rememberSignatures, type SignatureClaim } from './remember-signatures.ts'
import { decodeSignatureBatch, encodeSignatureBatch } from './signature-batch.ts'
import { createSignatureVerifier } from './signature-verifier.ts'

const signer = createSigner(new Uint8Array(32).fill(5))

function signed(text: string): SignatureClaim {
  const message = new TextEncoder().encode(text)
  return { publicKey: signer.publicKey, message, signature: signer.sign(message) }
}

/** A suite that counts how often it is really asked. */
function countingSuite(): { suite: Suite; asked: () => number } {
  let asked = 0
  const suite: Suite = {
    ...nodeSuite,
    verifyStatementSignature(...claim) {
      asked += 1
      return nodeSuite.verifyStatementSignature(...claim)
    },
  }
  return { suite, asked: () => asked }
}

const check = (suite: Suite, { publicKey, message, signature }: SignatureClaim): boolean =>
  suite.verifyStatementSignature(publicKey, message, signature)

test('a signature that verified is not computed again', () => {
  const { suite, asked } = countingSuite()
  const memory = rememberSignatures(suite)
  assert.ok(check(memory, signed('a')))
  assert.ok(check(memory, signed('a')))
  assert.equal(asked(), 1)
})

test('the signature of one message, or under one key, says nothing of another', () => {
  const memory = rememberSignatures(nodeSuite)
  const claim = signed('a')
  assert.ok(check(memory, claim))
  assert.ok(!check(memory, { ...claim, message: signed('b').message }))
  assert.ok(!check(memory, { ...claim, publicKey: createSigner(new Uint8Array(32)).publicKey }))
})

test('the memory is bounded: the oldest is computed again', () => {
  const { suite, asked } = countingSuite()
  const memory = rememberSignatures(suite, 2)
  for (const text of ['a', 'b', 'c', 'a']) assert.ok(check(memory, signed(text)))
  assert.equal(asked(), 4)
})

test('many that arrive together are verified on the thread; a wrong one among them stays wrong', async () => {
  const { suite, asked } = countingSuite()
  const verifier = createSignatureVerifier(suite)
  const claims = Array.from({ length: 40 }, (_, i) => signed(`message ${i}`))
  const forged = { ...signed('forged'), message: signed('other').message }
  await Promise.all([...claims, forged].map((claim) => verifier.verifyAhead(claim)))
  assert.ok(claims.every((claim) => check(verifier.suite, claim)))
  assert.equal(asked(), 0)
  assert.ok(!check(verifier.suite, forged))
  await verifier.close()
})

test('a few are left to whoever checks them', async () => {
  const { suite, asked } = countingSuite()
  const verifier = createSignatureVerifier(suite)
  await verifier.verifyAhead(signed('alone'))
  assert.ok(check(verifier.suite, signed('alone')))
  assert.equal(asked(), 1)
  await verifier.close()
})

test('what waits for the thread when it ends is let go, to be checked by whoever asked', async () => {
  const verifier = createSignatureVerifier(nodeSuite)
  const waiting = Promise.all(Array.from({ length: 40 }, (_, i) => verifier.verifyAhead(signed(`${i}`))))
  await new Promise((resolve) => setImmediate(resolve))
  await verifier.close()
  await waiting
  assert.ok(check(verifier.suite, signed('0')))
})

test('a batch of claims is read as it was written', () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
  const claim = fc.record(
    { publicKey: bytes(32), signature: bytes(64), message: fc.uint8Array({ maxLength: 40 }) },
    { noNullPrototype: true },
  )
  fc.assert(
    fc.property(fc.array(claim), (claims) => {
      assert.deepEqual(decodeSignatureBatch(encodeSignatureBatch(claims)), claims)
    }),
  )
})
