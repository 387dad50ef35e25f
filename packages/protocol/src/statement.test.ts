/** Tests of statements against RFC 9052 and spec 1 §4, each refusal by its code. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import * as cborg from 'cborg'
import fc from 'fast-check'
import { browserSuite } from './browser-suite.ts'
import { toHex } from './bytes.ts'
import { type CborValue, encodeCbor } from './cbor.ts'
import { exampleDraft, exampleSigner, filled } from './golden/example-statements.ts'
import { createSigner, nodeSuite as suite } from './node-suite.ts'
import { isRefusal } from './refusal.ts'
import { decodeStatement, MAX_STATEMENT_BYTES, type Statement, signStatement } from './statement.ts'
import { statementKinds } from './statements/statement-kinds.ts'

const signer = createSigner(filled(1))
const example = (kind = statementKinds[3] as (typeof statementKinds)[number]) =>
  signStatement(suite, exampleDraft(suite, kind), signer)
const codeOf = (bytes: Uint8Array) => {
  const answer = decodeStatement(suite, bytes)
  return isRefusal(answer) ? answer.code : 'accepted'
}

for (const kind of statementKinds) {
  test(`${kind}: what is signed is read back, verifies and has the subject of its body`, () => {
    const draft = exampleDraft(suite, kind)
    const statement = decodeStatement(suite, example(kind)) as Statement
    assert.ok(!isRefusal(statement))
    const { issuer, subject, genesisHash, expirySeconds, uniqueId, body } = statement
    assert.deepEqual({ issuer, subject, genesisHash, expirySeconds, uniqueId, kind, body }, draft)
    assert.deepEqual(statement.keyId, signer.keyId)
    for (const each of [suite, browserSuite])
      assert.ok(each.verifyStatementSignature(signer.publicKey, statement.sigStructure, statement.signature))
    assert.deepEqual(statement, decodeStatement(browserSuite, example(kind)))
  })
}

test('RFC 9052 §4.2, §4.4: an independent CBOR library reads the same COSE_Sign1 and makes the same Sig_structure', () => {
  for (const kind of statementKinds) {
    const bytes = example(kind)
    const tags = cborg.Tagged.preserve(18)
    const { value } = cborg.decode(bytes, { tags, useMaps: true }) as { value: unknown[] }
    const [protectedHeader, unprotected, payload, signature] = value as [
      Uint8Array,
      Map<never, never>,
      Uint8Array,
      Uint8Array,
    ]
    assert.equal(unprotected.size, 0)
    assert.equal(signature.length, 64)
    const header = cborg.decode(protectedHeader, { useMaps: true }) as Map<number, unknown>
    assert.deepEqual([...header.keys()], [1, 3, 4, 15])
    assert.equal(header.get(1), -8)
    assert.equal(header.get(3), 'application/vnd.meridian.statement+cbor')
    const structure = cborg.encode(['Signature1', protectedHeader, new Uint8Array(0), payload])
    const statement = decodeStatement(suite, bytes) as Statement
    assert.equal(toHex(statement.sigStructure), toHex(structure))
    assert.equal(toHex(statement.id), createHash('sha256').update(structure).digest('hex'))
  }
})

/** The parts of an example, each to be replaced by something wrong. */
interface Parts {
  tag: number
  protectedHeader: CborValue
  unprotected: CborValue
  payload: CborValue
  signature: CborValue
  items: number
}

const goodHeader = () =>
  new Map<number, CborValue>([
    [1, -8],
    [3, 'application/vnd.meridian.statement+cbor'],
    [4, signer.keyId],
    [
      15,
      new Map([
        [1, 'first-people-hospital'],
        [2, `batch:${'ba'.repeat(16)}`],
      ]),
    ],
  ])
const goodPayload = (): CborValue[] => [
  1,
  filled(0x47),
  1_767_225_600,
  filled(0x1d, 16),
  'anchor-batch',
  new Map<number, CborValue>([
    [1, filled(0xba, 16)],
    [2, '2025-02-28'],
    [3, filled(0x55)],
    [4, filled(0x7e)],
    [5, 1024],
  ]),
]
const withHeader = (change: (header: Map<number, CborValue>) => void) => {
  const header = goodHeader()
  change(header)
  return assemble({ protectedHeader: encodeCbor(header) })
}
const withPayload = (change: (payload: CborValue[]) => void) => {
  const payload = goodPayload()
  change(payload)
  return assemble({ payload: encodeCbor(payload) })
}
const withBody = (change: (body: Map<number, CborValue>) => void) =>
  withPayload((payload) => change(payload[5] as Map<number, CborValue>))

function assemble(parts: Partial<Parts>): Uint8Array {
  const whole: Parts = {
    tag: 18,
    protectedHeader: encodeCbor(goodHeader()),
    unprotected: new Map(),
    payload: encodeCbor(goodPayload()),
    signature: filled(0, 64),
    items: 4,
    ...parts,
  }
  const { protectedHeader, unprotected, payload, signature } = whole
  const items = [protectedHeader, unprotected, payload, signature, 0].slice(0, whole.items)
  return encodeCbor(whole.tag < 0 ? items : { tag: whole.tag, value: items })
}

test('the example built by hand is a statement, so what follows fails for its one reason', () => {
  assert.equal(codeOf(assemble({})), 'accepted')
})

const REFUSED: readonly [string, string, Uint8Array][] = [
  ['no tag', 'statement.wrong-tag', assemble({ tag: -1 })],
  ['the tag of COSE_Mac0', 'statement.wrong-tag', assemble({ tag: 17 })],
  ['no array', 'statement.malformed', encodeCbor({ tag: 18, value: 0 })],
  ['three items', 'statement.malformed', assemble({ items: 3 })],
  ['five items', 'statement.malformed', assemble({ items: 5 })],
  [
    'an unprotected header',
    'statement.unprotected-header',
    assemble({ unprotected: new Map([[4, signer.keyId]]) }),
  ],
  ['an unprotected header that is no map', 'statement.malformed', assemble({ unprotected: [] })],
  [
    'a protected header that is not wrapped',
    'statement.malformed',
    assemble({ protectedHeader: goodHeader() }),
  ],
  ['a payload that is not wrapped', 'statement.malformed', assemble({ payload: goodPayload() })],
  ['a detached payload', 'statement.malformed', assemble({ payload: null })],
  ['a short signature', 'statement.malformed', assemble({ signature: filled(0, 63) })],
  ['no algorithm', 'statement.protected-header', withHeader((h) => h.delete(1))],
  ['ES256', 'statement.protected-header', withHeader((h) => h.set(1, -7))],
  ['no content type', 'statement.protected-header', withHeader((h) => h.delete(3))],
  ['another content type', 'statement.protected-header', withHeader((h) => h.set(3, 'text/plain'))],
  ['a short key id', 'statement.protected-header', withHeader((h) => h.set(4, filled(0, 31)))],
  ['a further header', 'statement.protected-header', withHeader((h) => h.set(16, 'x'))],
  ['no claims', 'statement.protected-header', withHeader((h) => h.set(15, 0))],
  ['no subject', 'statement.protected-header', withHeader((h) => h.set(15, new Map([[1, 'a']])))],
  [
    'a subject that is no text',
    'statement.protected-header',
    withHeader((h) =>
      h.set(
        15,
        new Map<number, CborValue>([
          [1, 'a'],
          [2, 1],
        ]),
      ),
    ),
  ],
  [
    'a further claim',
    'statement.protected-header',
    withHeader((h) => (h.get(15) as Map<number, CborValue>).set(3, 'aud')),
  ],
  [
    'an issuer with spaces',
    'statement.protected-header',
    withHeader((h) =>
      h.set(
        15,
        new Map([
          [1, 'A hospital'],
          [2, 'batch:00'],
        ]),
      ),
    ),
  ],
  [
    'the subject of another body',
    'statement.wrong-subject',
    withHeader((h) =>
      h.set(
        15,
        new Map([
          [1, 'a'],
          [2, 'batch:00'],
        ]),
      ),
    ),
  ],
  ['a header that is no map', 'statement.protected-header', assemble({ protectedHeader: encodeCbor([1]) })],
  ['an empty header', 'cbor.truncated', assemble({ protectedHeader: new Uint8Array(0) })],
  [
    'a header in another order',
    'cbor.not-deterministic',
    assemble({ protectedHeader: Uint8Array.of(0xa2, 3, 0, 1, 0) }),
  ],
  ['a payload that is no array', 'statement.malformed', assemble({ payload: encodeCbor(0) })],
  ['an empty payload', 'statement.malformed', assemble({ payload: encodeCbor([]) })],
  ['a payload of five', 'statement.malformed', withPayload((p) => p.pop())],
  ['a payload of seven', 'statement.malformed', withPayload((p) => p.push(0))],
  ['a later format', 'statement.unknown-version', withPayload((p) => p.splice(0, 1, 2))],
  ['a format that is no number', 'statement.malformed', withPayload((p) => p.splice(0, 1, 'one'))],
  ['a short genesis hash', 'statement.malformed', withPayload((p) => p.splice(1, 1, filled(0, 31)))],
  ['an expiry before 1970', 'statement.malformed', withPayload((p) => p.splice(2, 1, -1))],
  ['an expiry beyond any clock', 'statement.malformed', withPayload((p) => p.splice(2, 1, 1n << 63n))],
  ['a short unique id', 'statement.malformed', withPayload((p) => p.splice(3, 1, filled(0, 15)))],
  ['an unknown kind', 'statement.unknown-kind', withPayload((p) => p.splice(4, 1, 'toString'))],
  ['a kind that is no text', 'statement.unknown-kind', withPayload((p) => p.splice(4, 1, 5))],
  ['a body that is no map', 'statement.field-invalid', withPayload((p) => p.splice(5, 1, []))],
  ['a body without a field', 'statement.field-missing', withBody((b) => b.delete(3))],
  ['a body with a further field', 'statement.field-unknown', withBody((b) => b.set(6, 0))],
  [
    'a body with another field instead',
    'statement.field-missing',
    withBody((b) => {
      b.delete(5)
      b.set(6, 1024)
    }),
  ],
  ['a day that is none', 'statement.field-invalid', withBody((b) => b.set(2, '2025-02-29'))],
  ['a batch of 8', 'statement.field-invalid', withBody((b) => b.set(5, 8))],
  ['a batch of 17', 'statement.field-invalid', withBody((b) => b.set(5, 17))],
]

test('a statement is refused with the code of what is wrong with it', () => {
  for (const [what, code, bytes] of REFUSED) assert.equal(codeOf(bytes), code, what)
})

test('truncated, extended and oversized bytes are refused', () => {
  const bytes = example()
  for (let length = 0; length < bytes.length; length++)
    assert.equal(codeOf(bytes.subarray(0, length)), 'cbor.truncated', `${length} bytes`)
  assert.equal(codeOf(Uint8Array.of(...bytes, 0)), 'cbor.trailing-bytes')
  assert.equal(codeOf(new Uint8Array(MAX_STATEMENT_BYTES + 1)), 'statement.too-large')
})

test('the same content in another encoding is refused', () => {
  const bytes = example()
  assert.equal(bytes[1], 0x84)
  // A longer head for the array of four; an indefinite array.
  assert.equal(codeOf(Uint8Array.of(0xd2, 0x98, 0x04, ...bytes.subarray(2))), 'cbor.not-deterministic')
  assert.equal(codeOf(Uint8Array.of(0xd2, 0x9f, ...bytes.subarray(2), 0xff)), 'cbor.not-deterministic')
})

test('no bit can be flipped without a refusal or a signature that fails', () => {
  const bytes = example()
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const damaged = bytes.slice()
    damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (1 << (bit & 7))
    const answer = decodeStatement(suite, damaged)
    if (isRefusal(answer)) continue
    const sameKey = toHex(answer.keyId) === toHex(signer.keyId)
    const holds = suite.verifyStatementSignature(signer.publicKey, answer.sigStructure, answer.signature)
    assert.ok(!(sameKey && holds), `bit ${bit}`)
  }
})

test('any bytes give a statement that encodes to them again, or a coded refusal', () => {
  const kinds = statementKinds.map((kind) => example(kind))
  const mutated = fc
    .tuple(fc.constantFrom(...kinds), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }), fc.nat(3))
    .map(([bytes, changes, cut]) => {
      const copy = bytes.slice(0, bytes.length - (cut === 3 ? 5 : 0))
      for (const [at, byte] of changes) copy[at % copy.length] = byte
      return copy
    })
  fc.assert(
    fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 500 })), (bytes) => {
      const answer = decodeStatement(suite, bytes)
      if (isRefusal(answer)) assert.match(answer.code, /^(cbor|statement)\./)
      else assert.ok(toHex(answer.id).length === 64)
    }),
    { numRuns: 3000 },
  )
})

test('the id does not move with the signature, and moves with everything signed', () => {
  const draft = exampleDraft(suite, 'anchor-batch')
  const idOf = (changed: object, by = signer) => {
    const statement = decodeStatement(suite, signStatement(suite, { ...draft, ...changed }, by)) as Statement
    return toHex(statement.id)
  }
  const ids = [
    idOf({}),
    idOf({ issuer: 'other' }),
    idOf({ genesisHash: filled(0) }),
    idOf({ expirySeconds: 1n }),
    idOf({ uniqueId: filled(0, 16) }),
    idOf({ body: { ...draft.body, root: filled(0) } }),
    idOf({}, exampleSigner(9)),
  ]
  assert.equal(new Set(ids).size, ids.length)
  const bytes = example()
  const other = bytes.slice()
  other[bytes.length - 1] = (other[bytes.length - 1] as number) ^ 1
  assert.equal(toHex((decodeStatement(suite, other) as Statement).id), ids[0])
})

test('a draft that no reader would accept cannot be signed', () => {
  const draft = exampleDraft(suite, 'anchor-batch')
  for (const wrong of [
    { issuer: 'With Space' },
    { subject: 'batch:other' },
    { genesisHash: filled(0, 31) },
    { uniqueId: filled(0, 17) },
    { expirySeconds: -1n },
    { kind: 'unknown' as 'anchor-batch' },
    { body: { ...draft.body, size: 3 } },
  ])
    assert.throws(() => signStatement(suite, { ...draft, ...wrong }, signer), RangeError)
})
