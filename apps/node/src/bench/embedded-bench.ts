/** `bench embedded`: signed statements through the embedded engine with the real rules, every signature verified. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchEmbedded } from '../ledger-door/bench-embedded.ts'
import { type Figure, figure, peakMemoryMb } from './figure.ts'

/** Statements that wait for their answer at a time: enough to fill blocks. */
const clients = 2000

/** `statements` batch anchors, signed before the clock starts. Effects: a ledger in a temporary folder. */
export async function embeddedBench(statements: number): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'meridian-bench-'))
  try {
    const { perSecond, p50Ms, p99Ms, aloneMs, verified } = await benchEmbedded({
      directory,
      statements,
      clients,
    })
    if (!verified) throw new Error('the chain of the benchmark does not verify')
    return [
      figure('signed statements, every signature verified', perSecond, 'statements/s', 4500),
      figure(`submitted → state signed, ${clients} at a time, p50`, p50Ms, 'ms'),
      figure(`submitted → state signed, ${clients} at a time, p99`, p99Ms, 'ms'),
      figure('submitted → state signed, one at a time, p50', aloneMs, 'ms'),
      figure('peak memory', peakMemoryMb(), 'MB', 1500),
    ]
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
