// A yes about a standard needs the package here; what is no question about a standard needs nothing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeAction } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import { OperationRefused } from '../operations/operation.ts'
import { openArtefactStore } from './artefact-store.ts'
import { voteEvidence } from './vote-evidence.ts'

const node = {
  artefacts: openArtefactStore('/nowhere', nodeSuite),
  engine: { state: { get: () => undefined, scan: () => [] } },
  suite: nodeSuite,
} as never

test('a node that does not hold the package refuses a yes and says how to get it', () => {
  const actionBytes = encodeAction('artefact.trial', { id: 'org-b.value-set.colour', version: '1.0.0' })
  assert.throws(
    () => voteEvidence(node, { kind: 'artefact.trial', actionBytes }),
    (error) =>
      error instanceof OperationRefused &&
      error.code === 'standards-not-held' &&
      /standards fetch/.test(error.text.zh) &&
      /standards fetch/.test(error.text.en),
  )
})

test('a vote about a member or about the end of a standard carries no evidence', () => {
  const actionBytes = encodeAction('membership.admit', { organisation: 'org-b' })
  assert.equal(voteEvidence(node, { kind: 'membership.admit', actionBytes }), undefined)
  assert.equal(voteEvidence(node, { kind: 'artefact.retire', actionBytes }), undefined)
})
