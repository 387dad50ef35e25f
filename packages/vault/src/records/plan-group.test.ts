/** What a group makes, decided without a database: order, atomicity, and no surprises against a naive model. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalTextOf } from '@meridian/protocol'
import fc from 'fast-check'
import { planGroup } from './plan-group.ts'
import type { StoreItem } from './store-item.ts'

function item(id: string, value: number, more: Partial<StoreItem> = {}): StoreItem {
  return {
    deliveryId: null,
    type: 'Observation',
    id,
    operation: 'upsert',
    text: canonicalTextOf({ value }),
    provenance: canonicalTextOf({}),
    source: 'his',
    captureMethod: 'interface',
    careStage: 'inpatient',
    times: { received: '2026-03-02T08:00:00Z' },
    search: [],
    ...more,
  }
}

function plan(items: readonly StoreItem[]) {
  const contentDigests = items.map((one) => new Uint8Array(Buffer.from(one.text)))
  return planGroup({ items, heads: new Map(), contentDigests })
}

test('a record made and refused in one delivery is as if it had never been there', () => {
  const { kept, versions, states } = plan([
    item('a', 1, { deliveryId: 'd1' }),
    item('a', 2, { deliveryId: 'd1', operation: 'create' }),
    item('a', 3, { deliveryId: 'd2' }),
  ])
  assert.deepEqual([kept.get(0)?.outcome, kept.get(1)?.version], ['refused', 0])
  assert.deepEqual(
    versions.map(({ item: place, version, operation }) => ({ place, version, operation })),
    [{ place: 2, version: 1, operation: 'create' }],
  )
  assert.equal(states.size, 1)
})

test('a delete of what never was makes nothing', () => {
  const { kept, versions, states } = plan([item('a', 1, { operation: 'delete' })])
  assert.deepEqual(
    [kept.get(0)?.outcome, kept.get(0)?.version, versions, states.size],
    ['unchanged', 0, [], 0],
  )
})

interface Said {
  readonly id: string
  readonly value: number
  readonly minute: number
  readonly deleted: boolean
}

/** The naive model: what is said last stands; the same again, or anything said earlier, makes nothing. */
function modelOf(said: readonly Said[]): number[] {
  const records = new Map<string, { content: string; minute: number; version: number }>()
  return said.map(({ id, value, minute, deleted }) => {
    const known = records.get(id)
    const content = deleted ? 'deleted' : String(value)
    if (known === undefined && deleted) return 0
    if (known === undefined || (known.content !== content && minute >= known.minute)) {
      const version = (known?.version ?? 0) + 1
      records.set(id, { content, minute, version })
      return version
    }
    if (known.content === content) known.minute = Math.max(known.minute, minute)
    return 0
  })
}

test('any sequence of items makes the versions of the naive model', () => {
  const said = fc.record({
    id: fc.constantFrom('a', 'b'),
    value: fc.integer({ min: 1, max: 3 }),
    minute: fc.integer({ min: 10, max: 14 }),
    deleted: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(said, { maxLength: 12 }), (all) => {
      const items = all.map(({ id, value, minute, deleted }) =>
        item(id, value, {
          operation: deleted ? 'delete' : 'upsert',
          times: { received: '2026-03-02T08:00:00Z', message: `2026-03-02T07:${minute}:00Z` },
        }),
      )
      const made = new Map(plan(items).versions.map((version) => [version.item, version.version]))
      assert.deepEqual(
        items.map((_, place) => made.get(place) ?? 0),
        modelOf(all),
      )
    }),
  )
})
