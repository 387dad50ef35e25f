/** A hospital of a consortium whose node is killed again and again while it takes messages in: what it acknowledged is anchored once by all. */
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { findCometBinary } from '@meridian/engine'
import { folderFor, meridian, startMeridian } from '../meridian-process.ts'
import { killRounds } from './kill-rounds.ts'
import { addMllpSource } from './mllp-home.ts'

const toolsFolder = join(import.meta.dirname, '../../../../.tools')
const binary = findCometBinary({ searchPath: process.env.PATH, toolsFolder })
const skip = binary === undefined ? 'needs the CometBFT program' : false

/** Consoles from here on, peers a thousand above: below the ports that systems hand out by themselves. */
const BASE_PORT = 21_000 + Math.floor(Math.random() * 9_000)

const OTHERS = ['health-commission', 'second-hospital', 'provincial-cdc']

/** Founds it, starts the others, and leaves the first hospital to be started. */
async function makeMember(t: TestContext): Promise<{ readonly home: string; readonly port: number }> {
  const dir = join(folderFor(t), 'consortium')
  const counts = ['--validators', '4', '--port', String(BASE_PORT)]
  const founded = await meridian(['consortium', 'init', '--dir', dir, ...counts])
  if (founded.code !== 0) throw new Error(founded.log)
  const home = join(dir, 'first-hospital')
  const port = await addMllpSource(home)
  for (const id of OTHERS) {
    const node = startMeridian(['start', '--home', join(dir, id)])
    t.after(async () => {
      node.kill('SIGTERM')
      await node.finished
    })
  }
  return { home, port }
}

test(
  'a member killed at random moments of a load loses nothing it acknowledged and anchors nothing twice',
  {
    skip,
    timeout: 900_000,
  },
  (t) =>
    killRounds(t, { rounds: 4, messages: 120, seed: Math.floor(Math.random() * 1e6), makeHome: makeMember }),
)
