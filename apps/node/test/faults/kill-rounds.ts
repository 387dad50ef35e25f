/**
 * `kill -9` at random moments of a load over MLLP. Afterwards every acknowledged message is stored and anchored exactly once,
 * a message sent again gets the same answer, and chain and vault verify.
 */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { seeded } from '../../src/sample-day/seeded.ts'
import { folderFor } from '../meridian-process.ts'
import { assertVerifies, createMllpHome, distinct, recordsOf, startHome, untilAnchored } from './mllp-home.ts'
import { KEPT, type Message, messagesOf, sendAll } from './mllp-load.ts'

/** How long and how hard. A round is one load and one kill. */
export interface KillRounds {
  readonly rounds: number
  readonly messages: number
  readonly seed: number
  /** Makes the home and answers the port of its MLLP door; an organisation alone unless given. */
  readonly makeHome?: (t: TestContext) => Promise<{ readonly home: string; readonly port: number }>
}

async function makeLoneHome(t: TestContext): Promise<{ readonly home: string; readonly port: number }> {
  const home = join(folderFor(t), 'home')
  return { home, port: await createMllpHome(home) }
}

/** Runs the rounds in one home; whatever fails names the seed. */
export async function killRounds(t: TestContext, options: KillRounds): Promise<void> {
  const { rounds, messages, seed, makeHome = makeLoneHome } = options
  t.diagnostic(`seed ${seed}`)
  const chance = seeded(seed)
  const { home, port } = await makeHome(t)
  const all = messagesOf(seed, messages)
  const answers = new Map<string, string>()
  const killed: string[] = []
  const where = () => `seed ${seed}, killed after ${killed.join(', ')} answers`
  for (let round = 0; round < rounds; round += 1) {
    const node = await startHome(home)
    t.after(() => node.kill('SIGKILL'))
    const killAfter = chance.whole(Math.ceil(messages / rounds)) + 1
    const known = answers.size
    await sendAll(port, resent(all, answers, chance), (code, controlId) => {
      assert.equal(code, answers.get(controlId) ?? code, where())
      answers.set(controlId, code)
      if (answers.size === known + killAfter) {
        killed.push(String(answers.size))
        node.kill('SIGKILL')
      }
    })
    node.kill('SIGKILL')
    await node.finished
  }
  await assertAllThere(t, { home, port, all, answers, where })
}

/** What was not answered, and some of what was: a hospital system sends again what it is not sure of. */
function resent(all: readonly Message[], answers: ReadonlyMap<string, string>, chance: Chance): Message[] {
  return all.filter(({ controlId }) => !answers.has(controlId) || chance.whole(10) === 0)
}

type Chance = ReturnType<typeof seeded>

async function assertAllThere(
  t: TestContext,
  load: {
    readonly home: string
    readonly port: number
    readonly all: readonly Message[]
    readonly answers: Map<string, string>
    readonly where: () => string
  },
): Promise<void> {
  const { home, port, all, answers, where } = load
  const node = await startHome(home)
  t.after(() => node.kill('SIGKILL'))
  const kept = await untilAnchored(home, answers.size)
  assert.ok(distinct(kept) >= answers.size, `an acknowledged message is gone: ${where()}`)
  const again = new Map<string, string>()
  await sendAll(port, all, (code, controlId) => void again.set(controlId, code))
  assert.equal(again.size, all.length, where())
  for (const [controlId, code] of again) assert.equal(code, answers.get(controlId) ?? KEPT, where())
  const status = await untilAnchored(home, all.length)
  assert.equal(distinct(status), all.length, where())
  assert.equal(status.quarantined, 0, where())
  const results = await recordsOf(home, 'Observation')
  assert.equal(results.length, all.length * 2, where())
  assert.ok(
    results.every(({ version, state }) => version === 1 && state === 'final'),
    where(),
  )
  node.kill('SIGTERM')
  assert.equal((await node.finished).code, 0)
  await assertVerifies(home)
}
