/** What is anchored, counted and attested. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StatementBodies } from '@meridian/protocol'
import { batchBody, createTestChain, freshId, say } from '../../fixtures/chain.ts'
import { brokenInvariants } from '../../ledger.ts'
import { batchOf } from './queries.ts'

test('an anchored batch stands in state with its root, size and height', () => {
  const chain = createTestChain()
  const body = batchBody()
  assert.equal(chain.tell(say('hospital', 'anchor-batch', body)), 'accepted')
  const batch = batchOf(chain.view, 'hospital', body.batchId)
  assert.deepEqual(batch, { height: 1n, root: body.root, size: 16 })
  assert.deepEqual(brokenInvariants(chain.view), [])
})

test('an organisation anchors a batch id once, whatever is in the second one; another organisation may use the same', () => {
  const chain = createTestChain()
  const body = batchBody()
  const other = { ...body, root: new Uint8Array(32).fill(8), size: 32 }
  assert.equal(chain.tell(say('hospital', 'anchor-batch', body)), 'accepted')
  assert.equal(chain.tell(say('hospital', 'anchor-batch', other)), 'evidence.batch-exists')
  assert.equal(chain.tell(say('clinic', 'anchor-batch', other)), 'accepted')
  assert.deepEqual(batchOf(chain.view, 'hospital', body.batchId)?.root, body.root)
})

test('a batch names a standards set that was published before it, as one and by whomever', () => {
  const chain = createTestChain()
  const contentHash = new Uint8Array(32).fill(9)
  const body = { ...batchBody(), standardsSetHash: contentHash }
  const publish = (id: string, kind: string) =>
    chain.tell(say('clinic', 'publish-artefact', { id, version: '1.0.0', contentHash, kind }))
  const anchor = () => chain.tell(say('hospital', 'anchor-batch', body))
  assert.equal(anchor(), 'evidence.unknown-standards-set')
  assert.equal(publish('maps/sex', 'map'), 'accepted')
  assert.equal(anchor(), 'evidence.unknown-standards-set')
  assert.equal(publish('standards/clinic', 'standards-set'), 'accepted')
  assert.equal(anchor(), 'accepted')
})

test('a day may be one ahead of UTC and ten years back, no further', () => {
  const anchor = (day: string) =>
    createTestChain().tell(say('hospital', 'anchor-batch', batchBody(freshId(), day)))
  assert.equal(anchor('2026-03-02'), 'accepted')
  assert.equal(anchor('2026-03-03'), 'evidence.day-out-of-range')
  assert.equal(anchor('2016-03-01'), 'accepted')
  assert.equal(anchor('2016-02-27'), 'evidence.day-out-of-range')
})

test('the totals of a day are said once by each organisation', () => {
  const chain = createTestChain()
  const body: StatementBodies['record-daily-totals'] = {
    day: '2026-03-01',
    totals: [
      { dimension: 'all', code: 'records', count: 12 },
      { dimension: 'kind', code: 'Observation', count: null },
    ],
  }
  const tell = (issuer: string) => chain.tell(say(issuer, 'record-daily-totals', body))
  assert.equal(tell('hospital'), 'accepted')
  assert.equal(tell('hospital'), 'evidence.totals-exist')
  assert.equal(tell('clinic'), 'accepted')
})

test('an organisation makes a claim about a statement once; another claim and another organisation are others', () => {
  const chain = createTestChain()
  const body = { subjectRef: new Uint8Array(32), claim: 'reviewed', valueHash: new Uint8Array(32) }
  const tell = (issuer: string, claim: string) => chain.tell(say(issuer, 'attest', { ...body, claim }))
  assert.equal(tell('hospital', 'reviewed'), 'accepted')
  assert.equal(tell('hospital', 'reviewed'), 'evidence.attestation-exists')
  assert.equal(tell('hospital', 'audited'), 'accepted')
  assert.equal(tell('clinic', 'reviewed'), 'accepted')
})
