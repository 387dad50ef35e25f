/** Boxes: no altered byte, other key or other context opens them. */
import assert from 'node:assert/strict'
import { createSecretKey } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { framed } from './framed.ts'
import { open, seal } from './sealed-box.ts'

const key = new Uint8Array(32).fill(3)
const context = new Uint8Array([1, 2])

test('what is sealed opens to the same bytes, parts one after another', () => {
  const box = seal(key, context, new Uint8Array([1]), new Uint8Array([2, 3]))
  assert.deepEqual(new Uint8Array(open(key, context, box) ?? []), new Uint8Array([1, 2, 3]))
  assert.deepEqual(open(createSecretKey(key), context, box), open(key, context, box))
})

test('SP 800-38D: any one flipped bit, and any cut, does not open', () => {
  const box = seal(key, context, new Uint8Array([1, 2, 3, 4, 5]))
  for (let bit = 0; bit < box.length * 8; bit++) {
    const changed = Uint8Array.from(box)
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    assert.equal(open(key, context, changed), undefined)
  }
  for (let length = 0; length < box.length; length++) {
    assert.equal(open(key, context, box.subarray(0, length)), undefined)
  }
})

test('another key or another context does not open', () => {
  const box = seal(key, context, new Uint8Array(9))
  assert.equal(open(new Uint8Array(32), context, box), undefined)
  assert.equal(open(key, new Uint8Array([2, 1]), box), undefined)
})

test('no nonce comes twice', () => {
  const nonces = Array.from({ length: 5000 }, () =>
    Buffer.from(seal(key, context).subarray(0, 12)).toString('hex'),
  )
  assert.equal(new Set(nonces).size, 5000)
})

test('two different lists are never framed to the same bytes', () => {
  const list = fc.array(fc.string(), { maxLength: 4 })
  fc.assert(
    fc.property(list, list, (a, b) => {
      const same = JSON.stringify(a) === JSON.stringify(b)
      assert.equal(Buffer.compare(framed(...a), framed(...b)) === 0, same)
    }),
  )
})
