/** Deterministic by construction: the ledger executes blocks in a process that has nothing but the language. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { encodeGenesis, type Statement, toHex, utf8 } from '@meridian/protocol'
import {
  batchBody,
  chainHash,
  GENESIS_SECONDS,
  genesis,
  idOf,
  registerBody,
  rotateBody,
  STANDARDS_SET,
  say,
  signerOf,
} from './fixtures/chain.ts'
import { applicationBody, proposeBody } from './fixtures/consortium.ts'

const RUN = join(import.meta.dirname, 'fixtures', 'bare-run.ts')

function run(mode: 'bare' | 'whole', blocks: readonly (readonly Statement[])[]) {
  const args = blocks.map((block) => block.map((statement) => toHex(statement.bytes)).join(','))
  const output = execFileSync(process.execPath, [RUN, mode, toHex(utf8(encodeGenesis(genesis))), ...args], {
    encoding: 'utf8',
  })
  return JSON.parse(output) as { results: unknown; state: unknown; globals: string }
}

/** Statements about members and decisions: the hospital is the only core member, so its vote decides. */
function membershipBlocks(): Statement[][] {
  const signer = signerOf(40)
  const proposalId = idOf(9_000_001)
  const deadlineSeconds = GENESIS_SECONDS + 3_600n
  const proposal = proposeBody('parameters.change', MAX_BLOCK, { proposalId, deadlineSeconds })
  const endpoints = {
    door: 'https://a.example',
    nodes: [{ nodeId: new Uint8Array(20), address: 'a.example:1' }],
  }
  const application = applicationBody(chainHash, 'n1', { endpoints })
  return [
    [
      say('clinic', 'apply-membership', application),
      say('clinic', 'announce-endpoints', { organisation: 'clinic', endpoints }),
    ],
    [
      say('hospital', 'propose', proposal, { signer }),
      say('hospital', 'vote', { proposalId, choice: 'yes' }, { signer }),
    ],
    [say('clinic', 'leave', { organisation: 'clinic' }), say('clinic', 'withdraw-proposal', { proposalId })],
  ]
}

const MAX_BLOCK = { name: 'maxBlockBytes', value: 1_048_576 }

test('blocks executed without clock, randomness, locale, process or coders give the same results and state', () => {
  const batch = batchBody()
  const totals = { day: '2026-03-01', totals: [{ dimension: 'all', code: 'records', count: 7 }] } as const
  const standards = {
    id: 'standards/a',
    version: '1.0.0',
    contentHash: STANDARDS_SET,
    kind: 'standards-set',
  }
  const artefact = { id: 'maps/a', version: '1.0.0', contentHash: new Uint8Array(32), kind: 'concept-map' }
  const blocks = [
    [say('clinic', 'publish-artefact', standards)],
    [say('hospital', 'anchor-batch', batch), say('hospital', 'anchor-batch', batch)],
    [say('hospital', 'record-daily-totals', totals), say('clinic', 'publish-artefact', artefact)],
    [say('hospital', 'register-key', registerBody('hospital', signerOf(40)))],
    [say('hospital', 'rotate-key', rotateBody('hospital', signerOf(40).keyId, signerOf(41)))],
    [say('hospital', 'revoke-key', { keyId: signerOf(41).keyId, reason: 'retired' })],
    [
      say('clinic', 'attest', {
        subjectRef: new Uint8Array(32),
        claim: 'seen',
        valueHash: new Uint8Array(32),
      }),
    ],
    ...membershipBlocks(),
  ]
  const bare = run('bare', blocks)
  const whole = run('whole', blocks)
  assert.equal(bare.globals, 'undefined')
  assert.equal(whole.globals, 'function')
  assert.deepEqual(bare.results, whole.results)
  assert.deepEqual(bare.state, whole.state)
})
