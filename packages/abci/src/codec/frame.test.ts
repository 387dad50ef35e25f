/** The codec against CometBFT's own (gogoproto): frames it made, and what bytes of any kind do. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { AbciFailure } from '../failure.ts'
import { vectorRequests, vectorResponses } from '../fixtures/vector-messages.ts'
import { createFrameStream } from '../server/frame-stream.ts'
import { decodeRequest, decodeResponse, encodeRequest, encodeResponse, leadingNumber } from './frame.ts'

interface Vectors {
  readonly requests: Readonly<Record<string, string>>
  readonly responses: Readonly<Record<string, string>>
}
const path = join(import.meta.dirname, '..', '..', 'vectors', 'frames.json')
const vectors = JSON.parse(readFileSync(path, 'utf8')) as Vectors

const LIMIT = 1 << 20
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/** The content of the one frame in `frameHex`. */
function contentOf(frameHex: string): Uint8Array {
  const stream = createFrameStream(LIMIT)
  stream.push(Buffer.from(frameHex, 'hex'))
  const content = stream.take()
  assert.ok(content !== undefined && stream.heldBytes === 0)
  return content
}

/** Bytes become text, so that a view and a Buffer of the same bytes are equal. */
const plain = (value: unknown) =>
  JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'bigint' ? `${member}n` : member instanceof Uint8Array ? hex(member) : member,
  )
const sorted = (value: unknown): unknown =>
  JSON.parse(plain(value), (_, member: unknown) =>
    member !== null && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )

describe('every request CometBFT v0.40.0 wrote', () => {
  assert.deepEqual(Object.keys(vectors.requests).sort(), Object.keys(vectorRequests).sort())
  for (const [name, frame] of Object.entries(vectors.requests)) {
    const request = vectorRequests[name]
    assert.ok(request !== undefined)
    test(`${name} is read field by field`, () => {
      assert.deepEqual(sorted(decodeRequest(contentOf(frame), 100)), sorted(request))
    })
    test(`${name} is written byte for byte`, () => {
      assert.equal(hex(encodeRequest(request, LIMIT)), frame)
    })
  }
})

describe('every answer CometBFT v0.40.0 wrote', () => {
  assert.deepEqual(Object.keys(vectors.responses).sort(), Object.keys(vectorResponses).sort())
  for (const [name, frame] of Object.entries(vectors.responses)) {
    const response = vectorResponses[name]
    assert.ok(response !== undefined)
    test(`${name} is written byte for byte`, () => {
      assert.equal(hex(encodeResponse(response, LIMIT)), frame)
    })
    test(`${name} is read field by field`, () => {
      assert.deepEqual(sorted(decodeResponse(contentOf(frame), 100)), sorted(response))
    })
  }
})

test('an answer with only what it must say is the one with every default spelt out', () => {
  const short = encodeResponse({ kind: 'checkTx', value: { code: 0, gasWanted: 1n } }, LIMIT)
  assert.equal(hex(short), vectors.responses['checkTx accepted'])
})

function refused(contentHex: string, code: string, maxElements = 100): void {
  assert.throws(
    () => decodeRequest(Buffer.from(contentHex, 'hex'), maxElements),
    (error) => error instanceof AbciFailure && error.code === code,
  )
}

describe('a request is refused', () => {
  test('when it has no kind', () => refused('', 'abci.unknown-request'))
  test('when it is InsertTx or ReapTxs of v0.40, or of a version to come', () => {
    for (const content of ['aa01020a00', 'b20100', 'fa0100']) refused(content, 'abci.unknown-request')
  })
  test('when it has two kinds', () => refused('12001a00', 'abci.malformed'))
  test('when a single field comes twice', () => refused('420410011001', 'abci.malformed'))
  test('when a length leads outside its message', () => refused('42030a0501', 'abci.malformed'))
  test('when it ends inside a number', () => refused('42021080', 'abci.malformed'))
  test('when a number has more than 64 bits', () => refused('320c18ffffffffffffffffff7f', 'abci.malformed'))
  test('when a small number has more than 32 bits', () => refused('72071080808080' + '10', 'abci.malformed'))
  test('when a name is not known', () => refused('42021007', 'abci.malformed'))
  test('when text is not UTF-8', () => refused('0a030a01ff', 'abci.malformed'))
  test('when a field has the wire type of another', () => refused('42020801', 'abci.malformed'))
  test('when it holds a group', () => refused('42010b', 'abci.malformed'))
  test('when a field has number 0', () => refused('42020000', 'abci.malformed'))
  test('when a validator has no key', () => refused('2a042202100a', 'abci.malformed'))
  test('when its lists have more elements than allowed', () => {
    const txs = '0a00'.repeat(101)
    refused(`a201cc01${txs}3200`, 'abci.too-many')
    assert.equal(decodeRequest(Buffer.from(`a201cc01${txs}3200`, 'hex'), 101).kind, 'finalizeBlock')
  })
})

test('fields of a version to come are stepped over, however deep they are', () => {
  let deep = Buffer.alloc(0)
  for (let i = 0; i < 10_000; i++) deep = Buffer.concat([Buffer.from([0xfa, 0x01]), lengthOf(deep), deep])
  const content = Buffer.concat([Buffer.from([0x42]), lengthOf(deep), deep])
  assert.deepEqual(
    sorted(decodeRequest(content, 100)),
    sorted({ kind: 'checkTx', value: { tx: new Uint8Array(), kind: 'new' } }),
  )
})

function lengthOf(bytes: Uint8Array): Uint8Array {
  const out: number[] = []
  for (let rest = bytes.length; ; rest >>>= 7) {
    if (rest < 0x80) return Uint8Array.from([...out, rest])
    out.push((rest & 0x7f) | 0x80)
  }
}

describe('an answer that its fields cannot hold is not written', () => {
  const wrong: Readonly<Record<string, unknown>> = {
    'a fraction': { code: 0.5 },
    'a negative code': { code: -1 },
    'a number for 64 bits': { code: 0, gasWanted: 1 },
    'more than 64 bits': { code: 0, gasWanted: 1n << 63n },
    'text for bytes': { code: 0, data: 'text' },
    'bytes for text': { code: 0, log: new Uint8Array() },
  }
  for (const [name, value] of Object.entries(wrong))
    test(name, () => {
      assert.throws(() => encodeResponse({ kind: 'checkTx', value: value as { code: number } }, LIMIT), Error)
    })
  test('a name that is not in the protocol', () => {
    const value = { status: 'unknown' } as unknown as { status: 'accept' }
    assert.throws(() => encodeResponse({ kind: 'processProposal', value }, LIMIT), TypeError)
  })
  test('more bytes than a message may have', () => {
    const response = { kind: 'loadSnapshotChunk', value: { chunk: new Uint8Array(100) } } as const
    assert.throws(
      () => encodeResponse(response, 100),
      (error) => error instanceof AbciFailure && error.code === 'abci.too-large',
    )
  })
})

test('the kind of a request is seen before it is decoded', () => {
  for (const [name, frame] of Object.entries(vectors.requests)) {
    const kinds = { checkTx: 8, finalizeBlock: 20, commit: 11 } as Readonly<Record<string, number>>
    if (kinds[name] !== undefined) assert.equal(leadingNumber(contentOf(frame)), kinds[name])
  }
  assert.equal(leadingNumber(new Uint8Array()), 0)
})
