/** The content of every file under `vectors/`, made again from fixed inputs; the test compares it with what is committed. */
import { fromHex, toHex, utf8 } from '../bytes.ts'
import { type CanonicalText, readCanonicalText } from '../canonical-text.ts'
import { buildCommitment, openElements } from '../commitment.ts'
import { type CommitmentHeader, encodeCommitmentHeader } from '../commitment-header.ts'
import { commitmentLeaves, elementSalt } from '../commitment-leaves.ts'
import { elementsOf } from '../elements.ts'
import { chainIdOf, encodeGenesis, type GenesisDocument, genesisHash } from '../genesis.ts'
import { leafHash, treeRoot } from '../log.ts'
import { isRefusal } from '../refusal.ts'
import { decodeStatement, signStatement } from '../statement.ts'
import { keyProofMessage } from '../statements/key-proof.ts'
import { statementKinds } from '../statements/statement-kinds.ts'
import type { Suite } from '../suite.ts'
import { canonicalCases } from './canonical-cases.ts'
import { ed25519Cases } from './ed25519-cases.ts'
import { exampleDraft, exampleGenesisHash, exampleSigner, filled } from './example-statements.ts'

/** File name to JSON content. */
export function goldenFiles(suite: Suite): Readonly<Record<string, unknown>> {
  return {
    'canonical-text.json': canonicalCases.map(canonicalVector),
    'commitment.json': commitmentVectors(suite),
    'ed25519.json': ed25519Cases(),
    'genesis.json': genesisVector(suite),
    'log.json': logVectors(suite),
    'statement.json': statementVectors(suite),
  }
}

function canonicalVector(source: string): unknown {
  const text = readCanonicalText(source)
  return isRefusal(text) ? { source, refusal: text.code, detail: text.detail } : { source, canonical: text }
}

function statementVectors(suite: Suite): unknown {
  const signer = exampleSigner(1)
  const proof = keyProofMessage({
    genesisHash: exampleGenesisHash,
    organisation: 'first-people-hospital',
    purpose: 'receipt',
    publicKey: exampleSigner(2).publicKey,
  })
  const statements = statementKinds.map((kind) => {
    const bytes = signStatement(suite, exampleDraft(suite, kind), signer)
    const statement = decodeStatement(suite, bytes)
    if (isRefusal(statement)) throw new Error(statement.code)
    return {
      kind,
      subject: statement.subject,
      bytes: toHex(bytes),
      sigStructure: toHex(statement.sigStructure),
      id: toHex(statement.id),
      logLeafHash: toHex(leafHash(suite, bytes)),
    }
  })
  return { publicKey: toHex(signer.publicKey), keyProofMessage: toHex(proof), statements }
}

const CONTENT = readCanonicalText(
  `{"resource":{"resourceType":"Observation","id":"o-1","status":"final","valueQuantity":{"value":36.50,"unit":"℃",
  "system":"http://unitsofmeasure.org","code":"Cel"},"category":[{"coding":[]},{}],"note~/\\n":[null,true,"\\u0001引号\\""]},
  "provenance":{"resourceType":"Provenance","agent":[{"who":{"display":"王医生"}}]}}`,
) as CanonicalText

function commitmentVectors(suite: Suite): unknown {
  const secret = filled(0x5e)
  const first: CommitmentHeader = {
    suite: 'ed25519-sha256',
    genesisHash: exampleGenesisHash,
    organisation: 'first-people-hospital',
    handle: filled(0x4a, 16),
    version: 1,
    previous: null,
    kind: 'Observation',
    standardsSetHash: filled(0x55),
  }
  const { root, leafCount } = buildCommitment(suite, first, CONTENT, secret)
  const second: CommitmentHeader = { ...first, version: 2, previous: root }
  const leaves = commitmentLeaves(suite, first, CONTENT, secret)
  const opening = openElements(suite, { header: first, content: CONTENT, secret }, [
    '/resource/valueQuantity/value',
  ])
  if (isRefusal(opening)) throw new Error(opening.code)
  return {
    content: CONTENT,
    secret: toHex(secret),
    header: toHex(encodeCommitmentHeader(first)),
    elements: elementsOf(CONTENT).map((element, i) => ({
      ...element,
      salt: toHex(elementSalt(suite, secret, element.path)),
      leafHash: toHex(leaves[i + 1] as Uint8Array),
    })),
    leafCount,
    root: toHex(root),
    shown: opening.elements.map(({ index, proof }) => ({ index, proof: proof.map(toHex) })),
    nextHeader: toHex(encodeCommitmentHeader(second)),
    nextRoot: toHex(buildCommitment(suite, second, CONTENT, secret).root),
  }
}

/** The entries of the reference implementation of RFC 6962. */
const ENTRIES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
]

function logVectors(suite: Suite): unknown {
  const leaves = ENTRIES.map((entry) => leafHash(suite, fromHex(entry) as Uint8Array))
  return {
    entries: ENTRIES,
    roots: Array.from({ length: leaves.length + 1 }, (_, n) => toHex(treeRoot(suite, leaves.slice(0, n)))),
  }
}

function genesisVector(suite: Suite): unknown {
  const genesis: GenesisDocument = {
    chainName: 'demo',
    genesisTime: '2025-01-01T00:00:00Z',
    parameters: { maxExpirySeconds: 86_400, proofWindow: 128 },
    organisations: [
      {
        id: 'first-people-hospital',
        names: { zh: '第一人民医院', en: 'First People’s Hospital' },
        kind: 'hospital',
        keys: [
          { purpose: 'statement', publicKey: exampleSigner(1).publicKey },
          { purpose: 'receipt', publicKey: exampleSigner(2).publicKey },
        ],
      },
    ],
    validators: [
      { organisation: 'first-people-hospital', publicKey: exampleSigner(4).publicKey, power: 10n },
    ],
  }
  const hash = genesisHash(suite, genesis)
  return {
    text: encodeGenesis(genesis),
    bytes: utf8(encodeGenesis(genesis)).length,
    hash: toHex(hash),
    chainId: chainIdOf(genesis.chainName, hash),
  }
}
