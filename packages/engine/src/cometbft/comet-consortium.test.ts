/** Four validators, four applications, four CometBFT processes keep the contract of the port. */
import { test } from 'node:test'
import { testEngineContract } from '../engine-contract.ts'
import { cometBinary, createTestConsortium, openInOrder } from '../fixtures/comet-nodes.ts'

if (cometBinary === undefined) {
  test('the contract of the port on CometBFT, four validators', {
    skip: 'needs the CometBFT program',
  }, () => {})
} else {
  testEngineContract('cometbft with four validators', async () => {
    const consortium = await createTestConsortium({ validators: 4 })
    const proofWindow = 8
    return {
      proofWindow,
      async open() {
        const nodes = await openInOrder(consortium, { from: 0, to: 4 }, { settings: { proofWindow } })
        const [first] = nodes
        if (first === undefined) throw new Error('no node')
        const close = async (): Promise<void> => {
          await Promise.all(nodes.map((node) => node.close()))
        }
        return { ...first, close }
      },
      remove: async () => consortium.remove(),
    }
  })
}
