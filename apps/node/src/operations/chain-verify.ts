/** `chain verify`: walks the whole chain on the disk and recomputes everything; names the first wrong height and module. */
import { verifyChain } from '@meridian/engine'
import { createLedger } from '@meridian/ledger'
import { toHex } from '@meridian/protocol'
import type { Json, Operation } from './operation.ts'

/** `{verified, height, …}`; when not verified, `fault` says where and, for state, in which module. */
export const chainVerify: Operation<Record<string, never>, Json> = {
  name: 'chain-verify',
  async run({ home, suite, genesis }, _args, onProgress) {
    const verdict = await verifyChain({
      directory: home.ledger,
      genesis,
      machine: createLedger({ suite, genesis }),
      suite,
      onProgress: (height, head) => onProgress(Number(height), Number(head)),
    })
    const height = Number(verdict.height)
    if (verdict.ok)
      return { verified: true, height, logSize: verdict.logSize, appHash: toHex(verdict.appHash) }
    const { place, module } = verdict
    return { verified: false, height, fault: { height, place, ...(module === undefined ? {} : { module }) } }
  },
}
