/** The codec beside CometBFT's own (gogoproto), live: the vectors are what it makes today, and random messages are written alike. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import fc from 'fast-check'
import { anyRequest, anyResponse, mutated } from '../fixtures/arbitrary-messages.ts'
import { createFrameStream } from '../server/frame-stream.ts'
import type { Request } from '../tables/envelope.ts'
import { decodeRequest, decodeResponse, encodeRequest, encodeResponse } from './frame.ts'

const LIMIT = 1 << 24
const vectors = join(import.meta.dirname, '..', '..', 'vectors')
const folder = mkdtempSync(join(tmpdir(), 'abci-gogoproto-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** The generator, built; `undefined` without Go or without the modules it needs. */
function buildGenerator(): string | undefined {
  cpSync(join(vectors, 'generate'), folder, { recursive: true })
  try {
    const env = { ...process.env, GOFLAGS: '-mod=mod', GOTOOLCHAIN: 'local' }
    execFileSync('go', ['build', '-o', 'generate', '.'], { cwd: folder, env, stdio: 'pipe' })
    return join(folder, 'generate')
  } catch {
    return undefined
  }
}

const generator = buildGenerator() ?? ''
const skip = generator === '' ? 'Go or the modules of CometBFT v0.40.0 are absent' : false

/** For every frame what the other codec makes of it: its own frame, or `undefined` when it refuses. */
function echo(kind: 'q' | 'a', frames: readonly Uint8Array[]): (Buffer | undefined)[] {
  const input = Buffer.concat(frames.flatMap((frame) => [Buffer.from(kind), frame]))
  const output = execFileSync(generator, ['echo'], { input, maxBuffer: 1 << 28 })
  const out: (Buffer | undefined)[] = []
  for (let at = 0; at < output.length; ) {
    const start = at + 1
    const { length, head } = lengthAt(output, start)
    const end = start + head + length
    out.push(output[at] === 1 ? output.subarray(start, end) : undefined)
    at = end
  }
  return out
}

function lengthAt(bytes: Uint8Array, at: number): { readonly length: number; readonly head: number } {
  let length = 0
  for (let head = 0; ; head++) {
    const byte = bytes[at + head] as number
    length += (byte & 0x7f) * 2 ** (7 * head)
    if (byte < 0x80) return { length, head: head + 1 }
  }
}

function contentOf(frame: Uint8Array): Uint8Array {
  const stream = createFrameStream(LIMIT)
  stream.push(frame)
  return stream.take() as Uint8Array
}

function framed(content: Uint8Array): Uint8Array {
  const length: number[] = []
  let rest = content.length
  for (; rest >= 0x80; rest >>>= 7) length.push((rest & 0x7f) | 0x80)
  return Buffer.concat([Buffer.from([...length, rest]), content])
}

/** Of these two this server reads only what it needs. */
const isWhole = ({ kind }: Request) => kind !== 'extendVote' && kind !== 'verifyVoteExtension'
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describe('beside gogoproto', { skip }, () => {
  test('the committed vectors are what CometBFT v0.40.0 writes', () => {
    const made = execFileSync(generator, ['vectors'], { encoding: 'utf8' })
    assert.equal(made, readFileSync(join(vectors, 'frames.json'), 'utf8'))
  })

  test('3,000 random requests are read by both and written byte for byte alike', () => {
    const frames = fc.sample(anyRequest.filter(isWhole), 3000).map((one) => encodeRequest(one, LIMIT))
    const theirs = echo('q', frames)
    for (const [i, frame] of frames.entries()) assert.equal(theirs[i]?.toString('hex'), hex(frame))
    for (const frame of frames)
      assert.equal(hex(encodeRequest(decodeRequest(contentOf(frame), LIMIT), LIMIT)), hex(frame))
  })

  test('3,000 random answers are read by both and written byte for byte alike', () => {
    const frames = fc.sample(anyResponse, 3000).map((one) => encodeResponse(one, LIMIT))
    const theirs = echo('a', frames)
    for (const [i, frame] of frames.entries()) assert.equal(theirs[i]?.toString('hex'), hex(frame))
    for (const frame of frames)
      assert.equal(hex(encodeResponse(decodeResponse(contentOf(frame), LIMIT), LIMIT)), hex(frame))
  })

  test('of 20,000 damaged requests both make the same wherever both read one', () => {
    const near = anyRequest.filter(isWhole).chain((one) => mutated(contentOf(encodeRequest(one, LIMIT))))
    const contents = fc.sample(near, 20_000)
    const theirs = echo('q', contents.map(framed))
    let both = 0
    for (const [i, content] of contents.entries()) {
      const ours = rewritten(content)
      if (ours === undefined || theirs[i] === undefined) continue
      both++
      assert.equal(hex(ours), theirs[i].toString('hex'))
    }
    assert.ok(both > 1000, `${both} were read by both`)
  })
})

function rewritten(content: Uint8Array): Uint8Array | undefined {
  try {
    const request = decodeRequest(content, LIMIT)
    return isWhole(request) ? encodeRequest(request, LIMIT) : undefined
  } catch {
    return undefined
  }
}
