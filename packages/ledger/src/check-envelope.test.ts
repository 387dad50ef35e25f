/** What every statement must satisfy, whatever its kind. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeStatement, isRefusal } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import { batchBody, createTestChain, freshId, GENESIS_SECONDS, say, signerOf } from './fixtures/chain.ts'

const DAY = 86_400n

test('a statement for another chain is refused', () => {
  const chain = createTestChain()
  const statement = say('hospital', 'anchor-batch', batchBody(), { genesisHash: new Uint8Array(32) })
  assert.equal(chain.tell(statement), 'statement.wrong-genesis')
})

test('a statement counts while block time is before its expiry, not at it', () => {
  const chain = createTestChain()
  const late = say('hospital', 'anchor-batch', batchBody(), { expirySeconds: GENESIS_SECONDS + 1n })
  assert.equal(chain.tell(late), 'statement.expired')
  const inTime = say('hospital', 'anchor-batch', batchBody(), { expirySeconds: GENESIS_SECONDS + 3n })
  assert.equal(chain.tell(inTime), 'accepted')
})

test('an expiry of 24 hours of block time is accepted, one second more is refused', () => {
  const chain = createTestChain()
  const longest = say('hospital', 'anchor-batch', batchBody(), { expirySeconds: GENESIS_SECONDS + 1n + DAY })
  const longer = say('hospital', 'anchor-batch', batchBody(), { expirySeconds: GENESIS_SECONDS + 3n + DAY })
  assert.equal(chain.tell(longest), 'accepted')
  assert.equal(chain.tell(longer), 'statement.expiry-too-far')
})

test('a unique id counts once for its issuer until its expiry, and another issuer may use the same', () => {
  const chain = createTestChain()
  const uniqueId = freshId()
  const expirySeconds = GENESIS_SECONDS + 3n
  const first = say('hospital', 'anchor-batch', batchBody(), { uniqueId, expirySeconds })
  assert.equal(chain.tell(first), 'accepted')
  assert.equal(chain.tell(say('hospital', 'anchor-batch', batchBody(), { uniqueId })), 'statement.repeated')
  assert.equal(chain.tell(say('clinic', 'anchor-batch', batchBody(), { uniqueId })), 'accepted')
  assert.equal(chain.tell(say('hospital', 'anchor-batch', batchBody(), { uniqueId })), 'accepted')
})

test('only a registered key of the issuer, for statements and not revoked, signs', () => {
  const chain = createTestChain()
  const tell = (issuer: string, seed: number): string =>
    chain.tell(say(issuer, 'anchor-batch', batchBody(), { signer: signerOf(seed) }))
  assert.equal(tell('nobody', 1), 'statement.unknown-issuer')
  assert.equal(tell('hospital', 77), 'statement.unknown-key')
  assert.equal(tell('hospital', 2), 'statement.unknown-key')
  assert.equal(tell('hospital', 3), 'statement.wrong-purpose')
  assert.equal(tell('hospital', 1), 'accepted')
})

test('a changed byte of the signature is refused', () => {
  const chain = createTestChain()
  const bytes = Uint8Array.from(say('hospital', 'anchor-batch', batchBody()).bytes)
  const last = bytes.length - 1
  bytes[last] = (bytes[last] as number) ^ 1
  const forged = decodeStatement(nodeSuite, bytes)
  assert.ok(!isRefusal(forged))
  assert.equal(chain.tell(forged), 'statement.bad-signature')
})

test('a statement that is not well signed changes nothing at all', () => {
  const chain = createTestChain()
  chain.block(say('hospital', 'anchor-batch', batchBody()))
  const before = chain.view.dump()
  chain.block(say('hospital', 'anchor-batch', batchBody(), { signer: signerOf(77) }))
  assert.deepEqual(chain.view.dump(), before)
})

test('a well-signed statement that its module refuses changes nothing but the memory of its unique id', () => {
  const chain = createTestChain()
  const batch = batchBody()
  chain.block(say('hospital', 'anchor-batch', batch))
  const before = chain.view.dump()
  const uniqueId = freshId()
  assert.equal(chain.tell(say('hospital', 'anchor-batch', batch, { uniqueId })), 'evidence.batch-exists')
  const changed = Object.entries(chain.view.dump()).filter(([key, value]) => before[key] !== value)
  assert.equal(changed.length, 1)
  assert.match(changed[0]?.[0] ?? '', /^unique-ids\/01/)
  assert.equal(chain.tell(say('hospital', 'anchor-batch', batchBody(), { uniqueId })), 'statement.repeated')
})
