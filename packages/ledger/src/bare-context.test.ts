/** Deterministic by construction: the ledger executes blocks in a process that has nothing but the language. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  encodeGenesis,
  type ProposalActions,
  type ProposalKind,
  type Statement,
  statementKinds,
  toHex,
  utf8,
  type VersionName,
} from '@meridian/protocol'
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
import { applicationBody, proposeBody, registeredBody } from './fixtures/consortium.ts'

const RUN = join(import.meta.dirname, 'fixtures', 'bare-run.ts')

function run(mode: 'bare' | 'whole', blocks: readonly (readonly Statement[])[]) {
  const args = blocks.map((block) => block.map((statement) => toHex(statement.bytes)).join(','))
  const output = execFileSync(process.execPath, [RUN, mode, toHex(utf8(encodeGenesis(genesis))), ...args], {
    encoding: 'utf8',
  })
  return JSON.parse(output) as { results: unknown[][]; state: unknown; globals: string }
}

/** Statements about members and decisions: the hospital is the only core member, so its vote decides. */
function membershipBlocks(): Statement[][] {
  const proposalId = idOf(9_000_001)
  const deadlineSeconds = GENESIS_SECONDS + 3_600n
  const withdrawn = proposeBody('parameters.change', OTHER_BLOCK, { proposalId, deadlineSeconds })
  const endpointsOf = (n: number) => ({
    door: 'https://a.example',
    nodes: [{ nodeId: new Uint8Array(20).fill(n), address: 'a.example:1' }],
  })
  const endpoints = endpointsOf(1)
  const review = { organisation: 'n1', result: 'qualified', credentialsHash: new Uint8Array(32) } as const
  const application = applicationBody(chainHash, 'n1', { endpoints })
  return [
    [
      say('clinic', 'apply-membership', application),
      say('clinic', 'review-qualification', review),
      say('clinic', 'announce-endpoints', { organisation: 'clinic', endpoints: endpointsOf(2) }),
    ],
    decided('parameters.change', MAX_BLOCK),
    [
      say('hospital', 'propose', withdrawn),
      say('hospital', 'withdraw-proposal', { proposalId }),
      say('clinic', 'leave', { organisation: 'clinic' }),
    ],
  ]
}

/** A standard through its states, who runs it, what is asked of it, and where it disagrees with another. */
function registryBlocks(): Statement[][] {
  const hash = (value: number): Uint8Array => new Uint8Array(32).fill(value)
  const [first, second] = ['1.0.0', '1.1.0'].map((version) => ({ id: 'maps/b', version })) as [
    VersionName,
    VersionName,
  ]
  const [taken, withdrawn, conflictId] = [idOf(9_100_001), idOf(9_100_002), idOf(9_100_003)]
  const request = { artefactId: 'maps/b', baseVersion: '1.0.0', textHash: hash(3), role: 'clinical' } as const
  const answers = { inputHash: hash(5), firstAnswerHash: hash(6), secondAnswerHash: hash(7) }
  const comment = { requestId: taken, commentHash: hash(4), stance: 'support', role: 'it' } as const
  return [
    [first, second].map((name) => say('clinic', 'register-artefact', registeredBody(name))),
    decided('artefact.trial', first, hash(9)),
    decided('artefact.activate', { ...first, retireHeight: 0n }, hash(9)),
    decided('artefact.trial', second, hash(9)),
    decided('artefact.activate', { ...second, retireHeight: 90n }, hash(9)),
    decided('artefact.retire', { ...second, retireHeight: 100n }),
    [
      say('clinic', 'adopt-artefact', { ...second, use: 'adopt', day: '2026-04-01' }),
      say('clinic', 'adopt-artefact', { ...second, use: 'stop', day: '2026-05-01' }),
    ],
    [taken, withdrawn].map((requestId) => say('hospital', 'request-change', { requestId, ...request })),
    [
      say('clinic', 'comment-change', comment),
      say('clinic', 'answer-change', {
        requestId: taken,
        answer: 'accepted',
        version: '1.1.0',
        reason: null,
      }),
      say('hospital', 'withdraw-change', { requestId: withdrawn }),
    ],
    [
      say('hospital', 'report-conflict', { conflictId, first, second, ...answers, evidenceHash: hash(8) }),
      say('hospital', 'assign-conflict', { conflictId, organisation: 'clinic' }),
      say('clinic', 'resolve-conflict', { conflictId, resolution: 'corrected', result: second }),
    ],
  ]
}

let questions = 0

/** A question of the hospital and its yes, which is enough. */
function decided<K extends ProposalKind>(
  kind: K,
  action: ProposalActions[K],
  evidence?: Uint8Array,
): Statement[] {
  questions += 1
  const proposalId = idOf(9_200_000 + questions)
  const body = proposeBody(kind, action, { proposalId, deadlineSeconds: GENESIS_SECONDS + 3_600n })
  const found = evidence === undefined ? {} : { evidence }
  return [say('hospital', 'propose', body), say('hospital', 'vote', { proposalId, choice: 'yes', ...found })]
}

const OTHER_BLOCK = { name: 'maxBlockBytes', value: 2_097_152 }
const MAX_BLOCK = { name: 'maxBlockBytes', value: 1_048_576 }

/** Kinds of which no statement was accepted. */
function neverAccepted(blocks: readonly (readonly Statement[])[], results: readonly unknown[][]): string[] {
  const accepted = blocks.flatMap((block, i) => block.filter((_, j) => results[i]?.[j] === null))
  const kinds = new Set(accepted.map(({ kind }) => kind))
  return statementKinds.filter((kind) => !kinds.has(kind))
}

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
    ...registryBlocks(),
    ...membershipBlocks(),
  ]
  const bare = run('bare', blocks)
  const whole = run('whole', blocks)
  assert.equal(bare.globals, 'undefined')
  assert.equal(whole.globals, 'function')
  // Of the two organisations neither is a health authority.
  assert.deepEqual(neverAccepted(blocks, bare.results), ['review-qualification'])
  assert.deepEqual(bare.results, whole.results)
  assert.deepEqual(bare.state, whole.state)
})
