// Writes that meet share one group; each gets its own outcomes, in order, and its own failure.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fhirItem, sourceOf } from '../../../fixtures/received.ts'
import type { Outcome } from '../../outcome.ts'
import { gatherWrites } from './gather-writes.ts'

const sent = (...names: string[]) =>
  names.map((name) => ({ source: sourceOf(), item: { ...fhirItem({}), controlId: name } }))

/** A corridor that is let go group by group. */
function heldCorridor() {
  const groups: { names: string[]; done: (error?: Error) => void }[] = []
  const takeIn = (all: readonly { item: { controlId: string } }[]) =>
    new Promise<readonly Outcome[]>((resolve, reject) => {
      const names = all.map(({ item }) => item.controlId)
      const outcomes = names.map((deliveryId) => ({ state: 'taken-in', deliveryId }) as Outcome)
      groups.push({ names, done: (error) => (error === undefined ? resolve(outcomes) : reject(error)) })
    })
  return { groups, takeIn }
}

const names = (outcomes: readonly Outcome[]) => outcomes.map(({ deliveryId }) => deliveryId)

test('what comes while groups are on their way goes together, in order', async () => {
  const { groups, takeIn } = heldCorridor()
  const gathered = gatherWrites(takeIn, { groups: 1, items: 3 })
  const answers = [sent('a'), sent('b', 'c'), sent('d'), sent('e')].map((call) => gathered(call))
  assert.deepEqual(
    groups.map((group) => group.names),
    [['a']],
  )
  groups[0]?.done()
  assert.deepEqual(names(await (answers[0] as Promise<readonly Outcome[]>)), ['a'])
  assert.deepEqual(groups[1]?.names, ['b', 'c', 'd'])
  groups[1]?.done()
  assert.deepEqual((await Promise.all(answers.slice(1, 3))).map(names), [['b', 'c'], ['d']])
  groups[2]?.done()
  assert.deepEqual(names(await (answers[3] as Promise<readonly Outcome[]>)), ['e'])
})

test('a call larger than a group goes alone, and a failure does not stop the next', async () => {
  const { groups, takeIn } = heldCorridor()
  const gathered = gatherWrites(takeIn, { groups: 1, items: 2 })
  const large = gathered(sent('a', 'b', 'c'))
  const small = gathered(sent('d'))
  groups[0]?.done(new Error('away'))
  await assert.rejects(large)
  groups[1]?.done()
  assert.deepEqual(names(await small), ['d'])
})
