/** Tests of both suites at the edges of Ed25519 (spec 1 §5). */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { browserSuite } from './browser-suite.ts'
import { concatBytes, fromHex, toHex } from './bytes.ts'
import type { Ed25519Case } from './golden/ed25519-cases.ts'
import { createSigner, nodeSuite, randomBytes } from './node-suite.ts'
import type { Suite } from './suite.ts'

const cases = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'vectors', 'ed25519.json'), 'utf8'),
) as Ed25519Case[]
const bytesOf = (hex: string) => fromHex(hex) as Uint8Array
const suites: Readonly<Record<string, Suite>> = { node: nodeSuite, browser: browserSuite }

for (const [where, suite] of Object.entries(suites)) {
  test(`Ed25519 at its edges: the ${where} suite gives every verdict of the vectors`, () => {
    for (const each of cases) {
      const [key, message, signature] = [each.publicKey, each.message, each.signature].map(bytesOf) as [
        Uint8Array,
        Uint8Array,
        Uint8Array,
      ]
      const verdicts = {
        statement: suite.verifyStatementSignature(key, message, signature),
        commit: suite.verifyCommitSignature(key, message, signature),
        acceptableKey: suite.isAcceptableKey(key),
      }
      const { statement, commit, acceptableKey } = each
      assert.deepEqual(verdicts, { statement, commit, acceptableKey }, each.name)
    }
  })

  test(`ZIP-215: all 196 pairs of small-order encodings count as commits and never as statements (${where})`, () => {
    const encodings = smallOrderEncodings()
    assert.equal(encodings.length, 14)
    const message = Buffer.from('Zcash')
    for (const key of encodings) {
      assert.ok(!suite.isAcceptableKey(key))
      for (const r of encodings) {
        const signature = concatBytes(r, new Uint8Array(32))
        assert.ok(suite.verifyCommitSignature(key, message, signature), `${toHex(key)} ${toHex(r)}`)
        assert.ok(!suite.verifyStatementSignature(key, message, signature))
      }
    }
  })
}

/** The eight points of small order in their fourteen encodings (Chalkias et al., Taming the many EdDSAs, table 6). */
function smallOrderEncodings(): Uint8Array[] {
  const bodies = [
    '01'.padEnd(64, '0'),
    '00'.padEnd(64, '0'),
    `ec${'ff'.repeat(30)}7f`,
    `ed${'ff'.repeat(30)}7f`,
    `ee${'ff'.repeat(30)}7f`,
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  ]
  return bodies.flatMap((hex) => {
    const plain = bytesOf(hex)
    const signed = plain.slice()
    signed[31] = (signed[31] as number) | 0x80
    return [plain, signed]
  })
}

test('RFC 8032 §7.1: the signer makes the published keys and signatures', () => {
  const signer = createSigner(bytesOf('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'))
  assert.equal(toHex(signer.publicKey), cases[0]?.publicKey)
  assert.equal(toHex(signer.sign(new Uint8Array(0))), cases[0]?.signature)
  assert.equal(toHex(signer.keyId), createHash('sha256').update(signer.publicKey).digest('hex'))
  assert.throws(() => createSigner(new Uint8Array(31)), RangeError)
})

test('both suites agree on every damaged signature and key', () => {
  const signer = createSigner(randomBytes(32))
  const message = randomBytes(40)
  const whole = concatBytes(signer.publicKey, signer.sign(message))
  fc.assert(
    fc.property(fc.nat(95), fc.nat(7), (at, bit) => {
      const damaged = whole.slice()
      damaged[at] = (damaged[at] as number) ^ (1 << bit)
      const key = damaged.subarray(0, 32)
      const signature = damaged.subarray(32)
      for (const suite of [nodeSuite, browserSuite]) {
        assert.ok(!suite.verifyStatementSignature(key, message, signature))
        assert.ok(!suite.verifyCommitSignature(key, message, signature))
      }
      assert.equal(nodeSuite.isAcceptableKey(key), browserSuite.isAcceptableKey(key))
    }),
    { numRuns: 40 },
  )
})

test('SHA-256 is right on either side of the length from which another library makes it', () => {
  for (const length of [0, 64, 255, 256, 257, 100_000]) {
    const data = new Uint8Array(length).fill(length & 0xff)
    const digest = nodeSuite.sha256(data)
    assert.deepEqual(digest, browserSuite.sha256(data))
    assert.equal(digest.buffer.byteLength, 32, 'a digest keeps nothing else in memory')
  }
})

test('SHA-256 agrees with OpenSSL in both suites', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (data) => {
      const expected = createHash('sha256').update(data).digest('hex')
      assert.equal(toHex(nodeSuite.sha256(data)), expected)
      assert.equal(toHex(browserSuite.sha256(data)), expected)
    }),
  )
})
