/** One statement of every kind with fixed keys and ids: what the golden vectors and the tests of statements are made of. */
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { encodeAction } from '../proposals/proposal-kinds.ts'
import type { StatementDraft } from '../statement.ts'
import { subjectOf } from '../statement.ts'
import { proveApplication } from '../statements/apply-membership.ts'
import { proveKey } from '../statements/key-proof.ts'
import type { StatementBodies, StatementKind } from '../statements/statement-kinds.ts'
import type { Signer, Suite } from '../suite.ts'

/** `length` bytes, all of one value: easy to find in a dump. */
export function filled(value: number, length = 32): Uint8Array {
  return new Uint8Array(length).fill(value)
}

/** A signer in pure JavaScript, so that the vectors do not rest on the native one. */
export function exampleSigner(seedByte: number): Signer {
  const seed = filled(seedByte)
  const publicKey = ed25519.getPublicKey(seed)
  return { publicKey, keyId: sha256(publicKey), sign: (message) => ed25519.sign(message, seed) }
}

/** The genesis hash of the examples. */
export const exampleGenesisHash = filled(0x47)

const organisation = 'first-people-hospital'

const endpoints = {
  door: 'https://township-clinic.example:8443/meridian',
  nodes: [{ nodeId: filled(0x0d, 20), address: 'node.township-clinic.example:26656' }],
}

function exampleApplication(): StatementBodies['apply-membership'] {
  const application = {
    organisation: 'township-clinic',
    names: { zh: '乡镇卫生院', en: 'Township Clinic' },
    kind: 'primary-care',
    memberClass: 'core',
    place: '330106',
    endpoints,
  } as const
  return proveApplication({ sha256 }, exampleGenesisHash, application, [
    { purpose: 'statement', signer: exampleSigner(5) },
    { purpose: 'validator', signer: exampleSigner(6) },
  ])
}

type RegistryKind =
  | 'register-artefact'
  | 'adopt-artefact'
  | `${'request' | 'comment' | 'answer' | 'withdraw'}-change`
  | `${'report' | 'assign' | 'resolve'}-conflict`

/** The document's own case: chemotherapy needs a dose (S62), and two maps that disagree. */
function registryBodies(): Pick<StatementBodies, RegistryKind> {
  const requestId = filled(0xc4, 16)
  const conflictId = filled(0xcf, 16)
  const id = 'meridian.data-set.chemotherapy'
  return {
    'register-artefact': {
      id,
      version: '1.1.0',
      kind: 'data-set',
      layer: 'application',
      steward: organisation,
      jurisdiction: ['33', '330106'],
      effective: { from: '2026-01-01', to: null },
      dependencies: [{ id: 'meridian.value-set.units', version: '2.0.0' }],
      implements: 'WS/T 303-2023',
      licence: { name: 'CC-BY-4.0', shared: true },
      contentHash: filled(0x33),
      vectorsHash: filled(0x34),
    },
    'adopt-artefact': { id, version: '1.1.0', use: 'adopt', day: '2026-02-01' },
    'request-change': {
      requestId,
      artefactId: id,
      baseVersion: '1.0.0',
      textHash: filled(0x7c),
      role: 'clinical',
    },
    'comment-change': { requestId, commentHash: filled(0x7d), stance: 'support', role: 'medical-affairs' },
    'answer-change': { requestId, answer: 'accepted', version: '1.1.0', reason: null },
    'withdraw-change': { requestId },
    'report-conflict': {
      conflictId,
      first: { id: 'maps/diagnosis-a', version: '1.0.0' },
      second: { id: 'maps/diagnosis-b', version: '3.0.0' },
      inputHash: filled(0x01),
      firstAnswerHash: filled(0x02),
      secondAnswerHash: filled(0x03),
      evidenceHash: filled(0x04),
    },
    'assign-conflict': { conflictId, organisation },
    'resolve-conflict': {
      conflictId,
      resolution: 'corrected',
      result: { id: 'maps/diagnosis-a', version: '1.0.1' },
    },
  }
}

function exampleBodies(): StatementBodies {
  const receiptKey = exampleSigner(2)
  const nextKey = exampleSigner(3)
  const claim = { genesisHash: exampleGenesisHash, organisation }
  return {
    'register-key': {
      organisation,
      purpose: 'receipt',
      publicKey: receiptKey.publicKey,
      proof: proveKey({ ...claim, purpose: 'receipt' }, receiptKey),
    },
    'revoke-key': { keyId: receiptKey.keyId, reason: 'compromised' },
    'rotate-key': {
      oldKeyId: exampleSigner(1).keyId,
      purpose: 'statement',
      publicKey: nextKey.publicKey,
      proof: proveKey({ ...claim, purpose: 'statement' }, nextKey),
    },
    'anchor-batch': {
      batchId: filled(0xba, 16),
      day: '2025-02-28',
      standardsSetHash: filled(0x55),
      root: filled(0x7e),
      size: 1024,
    },
    'record-daily-totals': {
      day: '2024-02-29',
      totals: [
        { dimension: 'all', code: 'records', count: 1234 },
        { dimension: 'kind', code: 'Immunization', count: null },
        { dimension: 'kind', code: 'Observation', count: 1200 },
        { dimension: 'kind', code: 'Patient', count: null },
      ],
    },
    attest: { subjectRef: filled(0x11), claim: 'calibration.valid', valueHash: filled(0x22) },
    'publish-artefact': {
      id: 'meridian/standards-set',
      version: '1.2.0-rc.1',
      contentHash: filled(0x33),
      kind: 'standards-set',
    },
    'apply-membership': exampleApplication(),
    'review-qualification': {
      organisation: 'township-clinic',
      result: 'qualified',
      credentialsHash: filled(0xcc),
    },
    'announce-endpoints': { organisation, endpoints },
    leave: { organisation },
    propose: {
      proposalId: filled(0x9d, 16),
      kind: 'membership.admit',
      action: encodeAction('membership.admit', { organisation: 'township-clinic' }),
      bodyHash: filled(0xbd),
      deadlineSeconds: 1_767_830_400n,
      activationHeight: 0n,
    },
    vote: { proposalId: filled(0x9d, 16), choice: 'yes' },
    'withdraw-proposal': { proposalId: filled(0x9d, 16) },
    ...registryBodies(),
  }
}

/** A draft of a kind, with its subject. */
export function exampleDraft<K extends StatementKind>(suite: Suite, kind: K): StatementDraft<K> {
  const body = exampleBodies()[kind]
  return {
    issuer: organisation,
    subject: subjectOf(suite, kind, body),
    genesisHash: exampleGenesisHash,
    expirySeconds: 1_767_225_600n,
    uniqueId: filled(0x1d, 16),
    kind,
    body,
  }
}
