/** The embedded engine keeps the contract of the port. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeSuite } from '@meridian/protocol/node'
import { testEngineContract } from '../engine-contract.ts'
import { testGenesis, validatorSigner } from '../fixtures/sayings.ts'
import { createTurnedClock } from '../fixtures/turned-clock.ts'
import { openEmbeddedEngine } from './embedded-engine.ts'

testEngineContract('embedded', async (machine) => {
  const directory = mkdtempSync(join(tmpdir(), 'meridian-engine-'))
  const clock = createTurnedClock(Date.UTC(2026, 2, 2))
  const proofWindow = 8
  return {
    proofWindow,
    open: () =>
      openEmbeddedEngine({
        directory,
        genesis: testGenesis,
        machine,
        suite: nodeSuite,
        signer: validatorSigner,
        clock,
        settings: { proofWindow },
      }),
    remove: async () => rmSync(directory, { recursive: true, force: true }),
  }
})
