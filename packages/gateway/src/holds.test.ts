// A backup that asks for its turn while the rooms wait for the database is told so, and does not run later behind its back.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createHolds } from './holds.ts'
import { createTurns } from './turns.ts'

const failure = new Error('the database is away')

/** A turn that lasts until it is ended. */
function longTurn(turns: ReturnType<typeof createTurns>): () => void {
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  turns.take(() => ended)
  return end
}

test('a hold waits for its turn and gives what its task gives', async () => {
  const turns = createTurns()
  const end = longTurn(turns)
  const held = createHolds(turns).hold(async () => 'copied')
  end()
  assert.equal(await held, 'copied')
})

test('a hold that waits when the outside fails is told, and its task never runs', async () => {
  const turns = createTurns()
  const holds = createHolds(turns)
  const end = longTurn(turns)
  const held = holds.hold(async () => assert.fail('it was given up'))
  holds.outsideFailed(failure)
  await assert.rejects(held, failure)
  end()
  await turns.settled()
})

test('while the outside fails a hold is told at once; when it is back it is taken', async () => {
  const holds = createHolds(createTurns())
  holds.outsideFailed(failure)
  await assert.rejects(
    holds.hold(async () => 1),
    failure,
  )
  holds.outsideIsBack()
  assert.equal(await holds.hold(async () => 1), 1)
})

test('a task that fails fails its hold alone', async () => {
  const holds = createHolds(createTurns())
  await assert.rejects(
    holds.hold(() => Promise.reject(failure)),
    failure,
  )
  assert.equal(await holds.hold(async () => 1), 1)
})
