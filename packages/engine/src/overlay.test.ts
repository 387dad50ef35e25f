/** An overlay answers as a state to which its writes had been applied. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createMemoryView } from './fixtures/memory-view.ts'
import { createOverlay } from './overlay.ts'

const key = fc.uint8Array({ maxLength: 2 })
const value = fc.uint8Array({ minLength: 1, maxLength: 1 })
const write = fc.record({ key, value: fc.option(value, { nil: undefined }) })

test('reads and scans over an overlay equal those of a state with the writes in it', () => {
  fc.assert(
    fc.property(
      fc.array(write),
      fc.array(write),
      key,
      fc.integer({ min: 0, max: 20 }),
      (old, fresh, from, limit) => {
        const base = createMemoryView()
        const expected = createMemoryView()
        const apply = (view: typeof base, writes: typeof old): void => {
          for (const each of writes) {
            if (each.value === undefined) view.delete('m', each.key)
            else view.put('m', each.key, each.value)
          }
        }
        apply(base, old)
        apply(expected, [...old, ...fresh])
        const overlay = createOverlay(base, ['m'])
        apply(overlay, fresh)
        assert.deepEqual(overlay.scan('m', from, limit), expected.scan('m', from, limit))
        for (const each of [...old, ...fresh]) {
          assert.deepEqual(overlay.get('m', each.key), expected.get('m', each.key))
        }
      },
    ),
  )
})

test('a module that the machine does not have is a bug', () => {
  assert.throws(() => createOverlay(createMemoryView(), ['m']).get('n', new Uint8Array()))
})
