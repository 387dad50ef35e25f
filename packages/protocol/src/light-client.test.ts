/** Spec 5 §9: a light client's steps to the next height and over many, and every way in which a chain is not followed. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Header, headerHash } from './comet/header.ts'
import type { LightBlock } from './comet/light-block.ts'
import { sortValidators, type Validator, validatorsHash } from './comet/validator-set.ts'
import { decideBlock, exampleBytes, exampleEvidence } from './example-evidence.ts'
import { followTo, type LightClientClock, TRUST_PERIOD_NANOS, walkLocally } from './light-client.ts'
import { createSigner, nodeSuite as suite } from './node-suite.ts'
import { isRefusal } from './refusal.ts'
import type { TrustAnchor } from './trust.ts'

const HOUR = 3_600_000_000_000n
const { receipt, trust } = exampleEvidence({ suite, createSigner }, { organisations: ['a', 'b', 'c', 'd'] })
const model = receipt.block.header
const genesis = trust.anchors[0] as TrustAnchor
const signerOf = (name: string) => createSigner(exampleBytes(suite, `validator key of ${name}`))
const setOf = (names: readonly string[]): readonly Validator[] =>
  sortValidators(
    suite,
    names.map((name) => ({ publicKey: signerOf(name).publicKey, power: 1n })),
  )

/** A chain whose validators at each height are `sets[height - 1]`; all of them sign, but for `silent`. */
function chainOf(
  sets: readonly (readonly string[])[],
  silent: readonly string[] = [],
): readonly LightBlock[] {
  const signers = new Map(
    [...new Set(sets.flat())].map((name) => [
      String(signerOf(name).publicKey),
      silent.includes(name) ? undefined : signerOf(name),
    ]),
  )
  return sets.map((names, i) => {
    const validators = setOf(names)
    const next = setOf(sets[i + 1] ?? names)
    const header: Header = {
      ...model,
      height: BigInt(i + 1),
      time: genesis.time + BigInt(i + 1) * HOUR,
      validatorsHash: validatorsHash(suite, validators),
      nextValidatorsHash: validatorsHash(suite, next),
    }
    return decideBlock(
      suite,
      header,
      validators,
      validators.map(({ publicKey }) => signers.get(String(publicKey))),
    )
  })
}

function walk(
  chain: readonly LightBlock[],
  anchor: TrustAnchor = genesis,
  target = chain.at(-1) as LightBlock,
) {
  const asked: bigint[] = []
  const path = walkLocally(suite, anchor, target, (height) => {
    asked.push(height)
    return chain[Number(height) - 1]
  })
  return { asked, answer: isRefusal(path) ? path.code : path.map(({ header }) => header.height) }
}

const same = ['a', 'b', 'c', 'd']
const clock = (now: bigint): LightClientClock => ({
  now,
  trustPeriod: TRUST_PERIOD_NANOS,
  drift: 10_000_000_000n,
})

test('the same validators vouch for any later block in one step', () => {
  assert.deepEqual(walk(chainOf(Array(50).fill(same))), { asked: [], answer: [50n] })
})

test('validators who changed one after another are reached over few blocks between', () => {
  const names = 'abcdefghijklmnopqrst'.split('')
  const sets = Array.from({ length: 17 }, (_, i) => names.slice(i, i + 4))
  const { asked, answer } = walk(chainOf(sets))
  assert.ok(Array.isArray(answer) && answer.at(-1) === 17n)
  assert.ok(asked.length < 17)
})

test('a set that is wholly new is reached from the height before, which names it', () => {
  const chain = chainOf([same, same, ['e', 'f', 'g'], ['e', 'f', 'g']])
  assert.deepEqual(walk(chain).answer, [2n, 3n, 4n])
})

test('a set that nobody named is not followed, however many sign', () => {
  const honest = chainOf([same, same, same])
  const forged = chainOf([
    ['x', 'y', 'z'],
    ['x', 'y', 'z'],
    ['x', 'y', 'z'],
  ])
  assert.equal(walk([...honest.slice(0, 2), forged[2] as LightBlock]).answer, 'receipt.not-anchored')
})

test('a removed validator vouches for nothing any more', () => {
  const chain = chainOf([same, ['a', 'b', 'c', 'e'], ['a', 'b', 'c', 'e']])
  const block = chain[2] as LightBlock
  const signers = block.validators.map(({ publicKey }) =>
    String(publicKey) === String(signerOf('e').publicKey) ? signerOf('d') : undefined,
  )
  const forged = decideBlock(suite, block.header, block.validators, signers)
  const answer = walk([...chain.slice(0, 2), forged]).answer
  assert.equal(answer, 'receipt.bad-signature')
})

test('two thirds must sign, and a vote for nil counts nothing', () => {
  assert.equal(walk(chainOf([same, same], ['a', 'b'])).answer, 'receipt.too-little-power')
  const [, block] = chainOf([same, same])
  assert.ok(block !== undefined)
  const nil = {
    ...block,
    commit: {
      ...block.commit,
      signatures: block.commit.signatures.map((entry) =>
        entry === null ? null : { ...entry, vote: 'nil' as const },
      ),
    },
  }
  assert.equal(walk([block, nil]).answer, 'receipt.bad-signature')
})

test('a header with another app hash, another chain, or an earlier time is refused', () => {
  const [first, second] = chainOf([same, same])
  assert.ok(first !== undefined && second !== undefined)
  const altered = { ...second, header: { ...second.header, appHash: exampleBytes(suite, 'other') } }
  assert.equal(walk([first, altered]).answer, 'receipt.wrong-header')
  const resigned = (header: Header) =>
    decideBlock(
      suite,
      header,
      second.validators,
      second.validators.map(({ publicKey }) =>
        ['a', 'b', 'c', 'd'].map(signerOf).find((signer) => String(signer.publicKey) === String(publicKey)),
      ),
    )
  const elsewhere = resigned({ ...second.header, chainId: 'example-0123456789abcdef' })
  assert.equal(walk([first, elsewhere]).answer, 'receipt.wrong-chain')
  const early = resigned({ ...second.header, time: genesis.time })
  assert.equal(walk([first, early]).answer, 'trust.not-later')
})

test('from a checkpoint the chain goes on, and another block of its height contradicts it', () => {
  const chain = chainOf(Array(6).fill(same))
  const third = chain[2] as LightBlock
  const anchor = {
    ...genesis,
    height: 3n,
    headerHash: headerHash(suite, third.header),
    time: third.header.time,
  }
  assert.deepEqual(walk(chain, anchor).answer, [6n])
  assert.deepEqual(walk(chain, anchor, third).answer, [3n])
  const other = { ...anchor, headerHash: exampleBytes(suite, 'other') }
  assert.equal(walk(chain, other, third).answer, 'receipt.contradicts-checkpoint')
  assert.equal(walk(chain, anchor, chain[1]).answer, 'trust.not-later')
})

test('an anchor older than the trust period is not followed; a header ahead of the clock neither', async () => {
  const chain = chainOf([same, same])
  const target = chain[1] as LightBlock
  const follow = async (now: bigint) => {
    const path = await followTo(suite, genesis, target, { fetch: async () => undefined, clock: clock(now) })
    return isRefusal(path) ? path.code : 'followed'
  }
  assert.equal(await follow(genesis.time + 3n * HOUR), 'followed')
  assert.equal(await follow(genesis.time + TRUST_PERIOD_NANOS), 'trust.expired')
  assert.equal(await follow(genesis.time + HOUR), 'trust.from-future')
})

test('a height that nobody gives ends the walk by name', async () => {
  const chain = chainOf([same, same, ['e', 'f', 'g'], ['e', 'f', 'g']])
  const given = { fetch: async () => undefined, clock: clock(genesis.time + 9n * HOUR) }
  const path = await followTo(suite, genesis, chain[3] as LightBlock, given)
  assert.equal(isRefusal(path) && path.code, 'trust.unavailable')
})

test('whatever sets follow one another, an honest chain is followed to its end and every step is later', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
  const set = fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(fc.array(set, { minLength: 1, maxLength: 8 }), (later) => {
      const { answer } = walk(chainOf([same, ...later]))
      assert.ok(Array.isArray(answer) && answer.at(-1) === BigInt(later.length + 1))
      assert.ok(answer.every((height, i) => i === 0 || height > (answer[i - 1] as bigint)))
    }),
    { numRuns: 30 },
  )
})
