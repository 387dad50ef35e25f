/** Which version of which artefact is in force. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestChain, say } from '../../fixtures/chain.ts'
import { brokenInvariants } from '../../ledger.ts'
import { artefactOf, versionOf } from './queries.ts'

const artefact = (version: string, content = 1, kind = 'concept-map') => ({
  id: 'maps/sex',
  version,
  contentHash: new Uint8Array(32).fill(content),
  kind,
})

test('a published version stands, and the newest one is known by the artefact', () => {
  const chain = createTestChain()
  assert.equal(chain.tell(say('hospital', 'publish-artefact', artefact('1.0.0'))), 'accepted')
  assert.equal(chain.tell(say('hospital', 'publish-artefact', artefact('1.1.0', 2))), 'accepted')
  assert.equal(artefactOf(chain.view, 'maps/sex')?.version, '1.1.0')
  assert.deepEqual(versionOf(chain.view, 'maps/sex', '1.0.0')?.contentHash, new Uint8Array(32).fill(1))
  assert.deepEqual(brokenInvariants(chain.view), [])
})

test('a version is never given other content, and never goes back', () => {
  const chain = createTestChain()
  const publish = (version: string, content = 1) =>
    chain.tell(say('hospital', 'publish-artefact', artefact(version, content)))
  assert.equal(publish('1.0.0'), 'accepted')
  assert.equal(publish('1.0.0', 2), 'registry.version-exists')
  assert.equal(publish('1.0.0'), 'registry.version-not-newer')
  assert.equal(publish('0.9.0'), 'registry.version-not-newer')
  assert.equal(publish('1.0.1-rc.1'), 'accepted')
})

test('later versions come from the first publisher and keep the kind', () => {
  const chain = createTestChain()
  chain.block(say('hospital', 'publish-artefact', artefact('1.0.0')))
  assert.equal(chain.tell(say('clinic', 'publish-artefact', artefact('2.0.0'))), 'registry.not-publisher')
  const otherKind = artefact('2.0.0', 1, 'code-system')
  assert.equal(chain.tell(say('hospital', 'publish-artefact', otherKind)), 'registry.kind-changed')
})
