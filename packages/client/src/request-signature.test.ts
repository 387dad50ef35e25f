/** RFC 9421 in the profile that members use among themselves. */
import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { test } from 'node:test'
import { publicKeyToPem, toHex } from '@meridian/protocol'
import { createSigner, nodeSuite } from '@meridian/protocol/node'
import { readRequestSignature, signRequest } from './request-signature.ts'

const signer = createSigner(new Uint8Array(32).fill(5))
const request = { method: 'GET', path: '/ledger/v1/blocks/7?waitMs=100' }
const headers = signRequest(signer, request, 1_780_000_000)
const read = (input = headers['signature-input'], signature = headers.signature, asked = request) =>
  readRequestSignature({ input: input as string, signature: signature as string }, asked)

test('the signature base is the one of the standard, and node:crypto verifies it', () => {
  const base = [
    '"@method": GET',
    '"@path": /ledger/v1/blocks/7',
    '"@query": ?waitMs=100',
    `"@signature-params": ("@method" "@path" "@query");created=1780000000;keyid="${toHex(signer.keyId)}";alg="ed25519"`,
  ].join('\n')
  const signed = read()
  assert.ok(signed !== undefined)
  assert.equal(Buffer.from(signed.message).toString('utf8'), base)
  const key = createPublicKey(publicKeyToPem(signer.publicKey))
  assert.ok(verify(null, Buffer.from(base), key, signed.signature))
})

test('another method, path, query or time is another message', () => {
  const verifies = (signed: ReturnType<typeof read>): boolean =>
    signed !== undefined &&
    nodeSuite.verifyStatementSignature(signer.publicKey, signed.message, signed.signature)
  assert.ok(verifies(read()))
  const input = headers['signature-input'] as string
  assert.ok(!verifies(read(input, headers.signature, { ...request, method: 'POST' })))
  assert.ok(!verifies(read(input, headers.signature, { ...request, path: '/ledger/v1/blocks/8?waitMs=100' })))
  assert.ok(!verifies(read(input, headers.signature, { ...request, path: '/ledger/v1/blocks/7' })))
  assert.ok(!verifies(read(input.replace('1780000000', '1780000001'))))
})

test('headers of any other form are no signature', () => {
  const input = headers['signature-input'] as string
  for (const wrong of ['', 'meridian=()', input.replace('"@query"', '"host"'), `${input};nonce="a"`]) {
    assert.equal(read(wrong), undefined)
  }
  assert.equal(read(input, 'meridian=:AAAA:'), undefined)
})
