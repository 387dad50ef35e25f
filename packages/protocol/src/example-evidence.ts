/**
 * A made-up consortium with one anchored record, whole and deterministic: the situation in which the tests of receipts
 * begin, and the maker of the corpus of receipts that must verify for ever. Nothing in it is in use.
 */
import { appHash } from './app-hash.ts'
import { buildBatchTree } from './batch-tree.ts'
import { utf8 } from './bytes.ts'
import type { CanonicalText } from './canonical-text.ts'
import { blockIdOf } from './comet/block.ts'
import { consensusHash, dataHash, emptyListHash, resultsHash } from './comet/block-hashes.ts'
import { type BlockId, ZERO_BLOCK_ID } from './comet/block-id.ts'
import { ABSENT_SIGNATURE, COMMIT_FLAG, type Commit, commitSignBytes } from './comet/commit.ts'
import type { Header } from './comet/header.ts'
import { type LightBlock, lightBlockOf } from './comet/light-block.ts'
import { sortValidators, type Validator, validatorAddress, validatorsHash } from './comet/validator-set.ts'
import { buildCommitment } from './commitment.ts'
import type { ExportedRecord } from './export-file.ts'
import { chainIdOf } from './genesis.ts'
import { inclusionPath, leafHash, treeRoot } from './log.ts'
import type { Receipt } from './receipt.ts'
import { emptyStateRoot, updateTree } from './state-tree.ts'
import { signStatement, subjectOf } from './statement.ts'
import type { AnchorBatch } from './statements/anchor-batch.ts'
import type { Signer, Suite } from './suite.ts'
import type { Trust, TrustedValidator } from './trust.ts'

/** The cryptography of the host. */
export interface Host {
  readonly suite: Suite
  createSigner(seed: Uint8Array): Signer
}

/** What the example is made of. The first organisation anchors; each has one validator. */
export interface ExampleOptions {
  readonly organisations: readonly string[]
  /** Votes of each; 1 unless given. */
  readonly powers?: readonly bigint[]
  /** Places (in `organisations`) of those who do not sign. */
  readonly silent?: readonly number[]
  /** Genesis hash of the chain that the record was sealed for; the one that anchors it unless given. */
  readonly sealedFor?: Uint8Array
  /** What the record says, canonical; the example's own content unless given. */
  readonly content?: string
  /** Version and the commitment before it; 2 and a made-up one unless given. */
  readonly history?: { readonly version: number; readonly previous: Uint8Array }
  /** Header height of the receipt. */
  readonly height?: bigint
}

/** The files of the example, and the keys to change it with. */
export interface ExampleEvidence {
  readonly receipt: Receipt
  readonly record: ExportedRecord
  readonly trust: Trust
  readonly statementSigner: Signer
  readonly receiptSigner: Signer
  readonly validatorSigners: readonly Signer[]
  readonly logRoot: Uint8Array
}

const GENESIS_TIME = 1_780_000_000_000_000_000n
const NANOS_PER_MINUTE = 60_000_000_000n
/** Canonical already; the number keeps its two decimals. */
const EXAMPLE_CONTENT =
  '{"provenance":{"agent":[{"who":{"display":"李医生"}}],"recorded":"2026-05-29T08:30:00+08:00"},' +
  '"resource":{"code":{"coding":[{"code":"8310-5","system":"http://loinc.org"}]},"id":"temperature-1","note":[],' +
  '"resourceType":"Observation","status":"final","valueQuantity":{"code":"Cel",' +
  '"system":"http://unitsofmeasure.org","unit":"℃","value":36.50}}}'
/** Entries of the evidence log around the batch statement. */
const LOG_SIZE = 21
const LOG_INDEX = 13

/** SHA-256 of a label: every secret and key of the example. */
export function exampleBytes(suite: Suite, label: string): Uint8Array {
  return suite.sha256(utf8(`meridian example: ${label}`))
}

/** Builds it. The same options give the same bytes. */
export function exampleEvidence(host: Host, options: ExampleOptions): ExampleEvidence {
  const { suite } = host
  const issuer = options.organisations[0] as string
  const genesisHash = exampleBytes(suite, 'genesis')
  const signerOf = (label: string) => host.createSigner(exampleBytes(suite, label))
  const statementSigner = signerOf(`statement key of ${issuer}`)
  const record = exampleRecord(suite, options.sealedFor ?? genesisHash, options)
  const batch = exampleBatch(suite, record)
  const statement = exampleStatement(suite, { genesisHash, issuer, body: batch.body }, statementSigner)
  const log = exampleLog(suite, statement)
  const chain = exampleChain(host, options, genesisHash)
  const subRoots = exampleSubRoots(suite)
  const state = appHash(suite, { subRoots, logSize: LOG_SIZE, logRoot: log.root })
  return {
    receipt: {
      record: batch.place,
      statement: { bytes: statement, publicKey: statementSigner.publicKey },
      log: { index: LOG_INDEX, size: LOG_SIZE, path: log.path },
      subRoots,
      block: chain.decide(state),
      via: [],
      validatorKeys: [],
    },
    record,
    trust: chain.trust,
    statementSigner,
    receiptSigner: signerOf(`receipt key of ${issuer}`),
    validatorSigners: chain.signers,
    logRoot: log.root,
  }
}

function exampleRecord(suite: Suite, genesisHash: Uint8Array, options: ExampleOptions): ExportedRecord {
  const content = (options.content ?? EXAMPLE_CONTENT) as CanonicalText
  const history = options.history ?? { version: 2, previous: exampleBytes(suite, 'previous') }
  const header = {
    suite: 'ed25519-sha256',
    genesisHash,
    organisation: options.organisations[0] as string,
    handle: exampleBytes(suite, 'handle').slice(0, 16),
    ...history,
    kind: 'Observation',
    standardsSetHash: exampleBytes(suite, 'standards'),
  } as const
  const secret = exampleBytes(suite, 'secret')
  return { header, content, secret, commitment: buildCommitment(suite, header, content, secret).root }
}

function exampleBatch(suite: Suite, record: ExportedRecord) {
  const commitments = Array.from({ length: 21 }, (_, i) =>
    i === 5 ? record.commitment : exampleBytes(suite, `commitment ${i}`),
  )
  let made = 0
  const tree = buildBatchTree(suite, commitments, () => exampleBytes(suite, `padding ${made++}`))
  const body: AnchorBatch = {
    batchId: exampleBytes(suite, 'batch').slice(0, 16),
    day: '2026-05-29',
    standardsSetHash: record.header.standardsSetHash,
    root: tree.root,
    size: tree.size,
  }
  return { body, place: { commitment: record.commitment, index: 5, path: tree.pathOf(5) } }
}

function exampleStatement(
  suite: Suite,
  said: { readonly genesisHash: Uint8Array; readonly issuer: string; readonly body: AnchorBatch },
  signer: Signer,
): Uint8Array {
  const { genesisHash, issuer, body } = said
  const subject = subjectOf(suite, 'anchor-batch', body)
  const uniqueId = exampleBytes(suite, 'unique id').slice(0, 16)
  const expirySeconds = 1_780_086_400n
  return signStatement(
    suite,
    { issuer, subject, genesisHash, expirySeconds, uniqueId, kind: 'anchor-batch', body },
    signer,
  )
}

function exampleLog(suite: Suite, statement: Uint8Array) {
  const entries = Array.from({ length: LOG_SIZE }, (_, i) =>
    i === LOG_INDEX ? statement : exampleBytes(suite, `log entry ${i}`),
  )
  const leaves = entries.map((entry) => leafHash(suite, entry))
  return { root: treeRoot(suite, leaves), path: inclusionPath(suite, leaves, LOG_INDEX) }
}

function exampleSubRoots(suite: Suite) {
  const empty = { read: () => undefined }
  const changes = [{ key: utf8('batch'), value: utf8('anchored') }]
  return [
    { module: 'membership', root: emptyStateRoot(suite) },
    { module: 'registry', root: emptyStateRoot(suite) },
    { module: 'evidence', root: updateTree(suite, empty, changes).root },
  ]
}

function exampleChain(host: Host, options: ExampleOptions, genesisHash: Uint8Array) {
  const { suite } = host
  const { organisations, powers = [], silent = [], height = 8n } = options
  const chainId = chainIdOf('example', genesisHash)
  const members = organisations.map((organisation, i) => {
    const signer = host.createSigner(exampleBytes(suite, `validator key of ${organisation}`))
    return {
      organisation,
      publicKey: signer.publicKey,
      power: powers[i] ?? 1n,
      signer,
      silent: silent.includes(i),
    }
  })
  const order = sortValidators(suite, members)
  const validators = order.map(({ publicKey, power }): Validator => ({ publicKey, power }))
  const trusted = order.map(
    ({ organisation, publicKey, power }): TrustedValidator => ({ organisation, publicKey, power }),
  )
  const trust: Trust = {
    anchors: [
      { chainId, genesisHash, height: 0n, headerHash: null, time: GENESIS_TIME, validators: trusted },
    ],
  }
  const votes = order.map(({ signer, silent }) => (silent ? undefined : signer))
  return {
    trust,
    signers: members.map(({ signer }) => signer),
    decide: (app: Uint8Array) =>
      decideBlock(suite, exampleHeader(suite, { chainId, height, app, validators }), validators, votes),
  }
}

function exampleHeader(
  suite: Suite,
  given: { chainId: string; height: bigint; app: Uint8Array; validators: readonly Validator[] },
): Header {
  const { chainId, height, app, validators } = given
  const hash = validatorsHash(suite, validators)
  const last = exampleBytes(suite, 'last block')
  const lastBlockId: BlockId = height === 1n ? ZERO_BLOCK_ID : { hash: last, parts: { total: 1, hash: last } }
  return {
    version: { block: 11n, app: 1n },
    chainId,
    height,
    time: GENESIS_TIME + height * NANOS_PER_MINUTE + 123_456_789n,
    lastBlockId,
    lastCommitHash: exampleBytes(suite, 'last commit'),
    dataHash: dataHash(suite, []),
    validatorsHash: hash,
    nextValidatorsHash: hash,
    consensusHash: consensusHash(suite, 524_288n, -1n),
    appHash: app,
    lastResultsHash: resultsHash(suite, []),
    evidenceHash: emptyListHash(suite),
    proposerAddress: validatorAddress(suite, (validators[0] as Validator).publicKey),
  }
}

/** Lets validators vote for a header; a place without a signer stays silent. */
export function decideBlock(
  suite: Suite,
  header: Header,
  validators: readonly Validator[],
  signers: readonly (Signer | undefined)[],
): LightBlock {
  const lastCommit: Commit = { height: 0n, round: 0, blockId: ZERO_BLOCK_ID, signatures: [] }
  const blockId = blockIdOf(suite, { header, transactions: [], lastCommit })
  const entries = signers.map((signer, i) =>
    signer === undefined
      ? ABSENT_SIGNATURE
      : {
          flag: COMMIT_FLAG.commit,
          address: validatorAddress(suite, signer.publicKey),
          time: header.time + BigInt(i + 1) * 1_000_003n,
          signature: new Uint8Array(0),
        },
  )
  const unsigned: Commit = { height: header.height, round: 0, blockId, signatures: entries }
  const signatures = entries.map((entry, i) => {
    const signer = signers[i]
    return signer === undefined
      ? entry
      : { ...entry, signature: signer.sign(commitSignBytes(header.chainId, unsigned, i)) }
  })
  return lightBlockOf(header, { ...unsigned, signatures }, validators)
}
