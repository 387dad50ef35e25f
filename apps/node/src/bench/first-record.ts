/** A process of its own for `bench intake`: makes a home, takes one message in, and says so once it is in a block. */
import { loadFile } from './loads.ts'
import { openThrowawayNode } from './throwaway-home.ts'
import { timedIntake } from './timed-intake.ts'

const opened = await openThrowawayNode({
  database: process.argv[2] ?? 'embedded',
  environment: process.env,
  log: (text) => process.stderr.write(`${text}\n`),
})
const { records } = await timedIntake(opened, loadFile('oru', 0, 1), 'oru')
process.stdout.write(`${records}\n`)
await opened.close()
