/** Any bytes at the decoder: a message or a named failure, in bounded time and memory; any message: back as it went. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { AbciFailure } from '../failure.ts'
import { anyRequest, anyResponse, mutated } from '../fixtures/arbitrary-messages.ts'
import { createFrameStream } from '../server/frame-stream.ts'
import { decodeRequest, decodeResponse, encodeRequest, encodeResponse } from './frame.ts'

const LIMIT = 1 << 20

function contentOf(frame: Uint8Array): Uint8Array {
  const stream = createFrameStream(LIMIT)
  stream.push(frame)
  return stream.take() as Uint8Array
}

/** What `decode` makes of `content`: a message that is written and read again as the same, or a failure of the named kinds. */
function survives<T>(
  content: Uint8Array,
  decode: (content: Uint8Array) => T,
  encode: (value: T) => Uint8Array,
): void {
  let value: T
  try {
    value = decode(content)
  } catch (error) {
    assert.ok(error instanceof AbciFailure, String(error))
    assert.ok(['abci.malformed', 'abci.too-many', 'abci.unknown-request'].includes(error.code))
    return
  }
  const again = encode(value)
  assert.deepEqual(encode(decode(contentOf(again))), again)
}

const readRequest = (content: Uint8Array) => decodeRequest(content, 1000)
const readResponse = (content: Uint8Array) => decodeResponse(content, 1000)
const writeRequest = (value: ReturnType<typeof readRequest>) => encodeRequest(value, LIMIT)
const writeResponse = (value: ReturnType<typeof readResponse>) => encodeResponse(value, LIMIT)

describe('the codec', () => {
  test('reads every request as it was written', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const read = readRequest(contentOf(writeRequest(request)))
        assert.deepEqual(JSON.stringify(read, asText), JSON.stringify(inOrderOf(read, request), asText))
      }),
      { numRuns: 300 },
    )
  })

  test('reads every answer as it was written', () => {
    fc.assert(
      fc.property(anyResponse, (response) => {
        const read = readResponse(contentOf(writeResponse(response)))
        assert.deepEqual(JSON.stringify(read, asText), JSON.stringify(inOrderOf(read, response), asText))
      }),
      { numRuns: 300 },
    )
  })

  test('makes a named failure or a message of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (content) => {
        survives(content, readRequest, writeRequest)
        survives(content, readResponse, writeResponse)
      }),
      { numRuns: 2000 },
    )
  })

  test('makes a named failure or a message of any request with some bytes changed', () => {
    const near = anyRequest.chain((request) => mutated(contentOf(writeRequest(request))))
    fc.assert(
      fc.property(near, (content) => survives(content, readRequest, writeRequest)),
      { numRuns: 2000 },
    )
  })

  test('gives up 16 MiB of empty list elements at the first too many', () => {
    const body = Buffer.alloc(16 * 1024 * 1024, Buffer.from([0x12, 0x00]))
    const commit = framed(0x12, body)
    const content = framed(0xa2, Buffer.concat([commit]), 0x01)
    const started = performance.now()
    assert.throws(() => decodeRequest(content, 1 << 18), AbciFailure)
    assert.ok(performance.now() - started < 5000)
  })
})

function framed(tag: number, body: Uint8Array, tagRest?: number): Buffer {
  const length: number[] = []
  for (let rest = body.length; rest > 0; rest >>>= 7) length.push(rest < 0x80 ? rest : (rest & 0x7f) | 0x80)
  return Buffer.concat([
    Buffer.from(tagRest === undefined ? [tag] : [tag, tagRest]),
    Buffer.from(length),
    body,
  ])
}

const asText = (_: string, member: unknown) =>
  typeof member === 'bigint'
    ? `${member}n`
    : member instanceof Uint8Array
      ? Buffer.from(member).toString('hex')
      : member

/** `value` with the members of every object in the order `like` has them. */
function inOrderOf(like: unknown, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((element, i) => inOrderOf((like as unknown[])[i], element))
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value
  if (like === null || typeof like !== 'object') return value
  const members = value as Record<string, unknown>
  const names = [...new Set([...Object.keys(like), ...Object.keys(members)])]
  return Object.fromEntries(
    names.map((name) => [name, inOrderOf((like as Record<string, unknown>)[name], members[name])]),
  )
}
