/** MLLP frames as a stream, in any pieces, within limits. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createFrameReader, frameOf } from './mllp-frames.ts'

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

test('frames come out as they went in, however the stream is cut', () => {
  const body = fc
    .uint8Array({ maxLength: 60 })
    .map((bytes) => bytes.filter((byte) => byte !== 0x0b && byte !== 0x1c))
  fc.assert(
    fc.property(fc.array(body, { maxLength: 6 }), fc.integer({ min: 1, max: 40 }), (bodies, size) => {
      const stream = Buffer.concat(bodies.map(frameOf))
      const reader = createFrameReader(1000)
      const frames: string[] = []
      for (let at = 0; at < stream.length; at += size) {
        const read = reader.add(stream.subarray(at, at + size))
        assert.equal(read.overflow, undefined)
        frames.push(...read.frames.map(text))
      }
      assert.deepEqual(frames, bodies.map(text))
      assert.equal(reader.inFrame(), false)
    }),
  )
})

test('line ends and blanks between frames are harmless', () => {
  const reader = createFrameReader(100)
  const { frames } = reader.add(
    Buffer.concat([
      Buffer.from('\r\n '),
      frameOf(Buffer.from('A')),
      Buffer.from('\n'),
      frameOf(Buffer.from('B')),
    ]),
  )
  assert.deepEqual(frames.map(text), ['A', 'B'])
})

test('a frame longer than allowed overflows with its beginning, and memory stays bounded', () => {
  const reader = createFrameReader(1000)
  reader.add(Buffer.from('\x0bMSH|'))
  const { overflow } = reader.add(Buffer.alloc(2000, 0x41))
  assert.equal(overflow?.bytes, 2004)
  assert.match(text(overflow?.head ?? new Uint8Array()), /^MSH\|A+$/)
  assert.equal(overflow?.head.length, 1000)
})

test('a peer that does not speak MLLP is found out', () => {
  const reader = createFrameReader(1000)
  assert.ok(reader.add(Buffer.from('GET / HTTP/1.1\r\n'.repeat(100))).overflow)
})

test('a frame of 100 MB is let go at the limit, and one that comes byte by byte costs no more than another', () => {
  const limit = 2_000_000
  const before = process.memoryUsage()
  const endless = createFrameReader(limit)
  endless.add(Buffer.from('\x0bMSH|'))
  const megabyte = Buffer.alloc(1_000_000, 0x41)
  let taken = 0
  while (taken < 100 && endless.add(megabyte).overflow === undefined) taken += 1
  assert.equal(taken, 1)
  const slow = createFrameReader(limit)
  slow.add(Uint8Array.of(0x0b))
  for (let count = 0; count < limit; count++) slow.add(Uint8Array.of(0x42))
  const after = process.memoryUsage()
  assert.ok(after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers < 64_000_000)
  const { frames } = slow.add(Uint8Array.of(0x1c, 0x0d))
  assert.equal(frames[0]?.length, limit)
})
