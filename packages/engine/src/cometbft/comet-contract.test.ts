/** The CometBFT engine with one validator keeps the contract of the port. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { testEngineContract } from '../engine-contract.ts'
import { cometBinary, openTestNode } from '../fixtures/comet-nodes.ts'

if (cometBinary === undefined) {
  test('the contract of the port on CometBFT, one validator', {
    skip: 'needs the CometBFT program',
  }, () => {})
} else {
  testEngineContract('cometbft', async (machine) => {
    const directory = mkdtempSync(join(tmpdir(), 'meridian-comet-'))
    const proofWindow = 8
    return {
      proofWindow,
      open: () => openTestNode({ directory, machine, settings: { proofWindow } }),
      remove: async () => rmSync(directory, { recursive: true, force: true }),
    }
  })
}
