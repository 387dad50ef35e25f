/** The encodings of state never drift: a fixed chain gives the state in `vectors/state.json`, byte for byte. CONSENSUS. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  batchBody,
  createTestChain,
  GENESIS_SECONDS,
  idOf,
  registerBody,
  rotateBody,
  type SayOptions,
  say,
  signerOf,
} from './fixtures/chain.ts'

const VECTOR = join(import.meta.dirname, '..', 'vectors', 'state.json')

/** One statement of every kind, a refused one, and one whose unique id has been swept. */
function fixedChain(): Record<string, string> {
  const chain = createTestChain()
  let n = 100
  const fixed = (more: SayOptions = {}): SayOptions => ({ uniqueId: idOf(n++), ...more })
  const short = { expirySeconds: GENESIS_SECONDS + 2n }
  chain.block(
    say('hospital', 'anchor-batch', batchBody(idOf(1)), fixed()),
    say('hospital', 'anchor-batch', batchBody(idOf(1)), fixed(short)),
    say('clinic', 'anchor-batch', batchBody(idOf(1)), fixed()),
  )
  const totals = { day: '2026-03-01', totals: [{ dimension: 'all', code: 'records', count: null }] } as const
  const claim = {
    subjectRef: new Uint8Array(32).fill(4),
    claim: 'seen',
    valueHash: new Uint8Array(32).fill(5),
  }
  const artefact = { id: 'maps/sex', version: '1.0.0', contentHash: new Uint8Array(32).fill(6), kind: 'map' }
  chain.block(
    say('hospital', 'record-daily-totals', totals, fixed()),
    say('clinic', 'attest', claim, fixed()),
    say('clinic', 'publish-artefact', artefact, fixed()),
  )
  chain.block(say('hospital', 'register-key', registerBody('hospital', signerOf(40)), fixed()))
  chain.block(say('hospital', 'rotate-key', rotateBody('hospital', signerOf(1).keyId, signerOf(41)), fixed()))
  const signer = signerOf(40)
  chain.block(say('hospital', 'revoke-key', { keyId: signerOf(41).keyId, reason: 'lost' }, fixed({ signer })))
  return chain.view.dump()
}

// `UPDATE_VECTORS=1` writes the file instead; a change in it is a line under State-breaking in the changelog.
if (process.env.UPDATE_VECTORS === '1') writeFileSync(VECTOR, `${JSON.stringify(fixedChain(), null, 1)}\n`)

test('a fixed chain gives the state that it always gave', () => {
  assert.deepEqual(fixedChain(), JSON.parse(readFileSync(VECTOR, 'utf8')))
})
