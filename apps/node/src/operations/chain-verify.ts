/**
 * `chain verify`: walks the whole chain on the disk, and the chains it was handed over from, and recomputes everything; names
 * the first wrong height and module of each.
 */
import { verifyChain } from '@meridian/engine'
import { createLedger } from '@meridian/ledger'
import { toHex } from '@meridian/protocol'
import { faultOf, verifyEarlierChains } from '../backup/verify-earlier-chains.ts'
import type { Json, Operation } from './operation.ts'

/**
 * `{verified, chainId, height, …, earlier}`. `fault` says where and, for state, in which module; `earlier` holds the same of each
 * chain before, newest first, or that it is not kept. `verified` speaks of everything that is kept.
 */
export const chainVerify: Operation<Record<string, never>, Json> = {
  name: 'chain-verify',
  async run({ home, suite, genesis, engine }, _args, onProgress) {
    const progress = (height: bigint, head: bigint) => onProgress(Number(height), Number(head))
    const verdict = await verifyChain({
      directory: home.ledger,
      genesis,
      machine: createLedger({ suite, genesis }),
      suite,
      onProgress: progress,
    })
    const fault = faultOf(verdict)
    const earlier = await verifyEarlierChains(home, { genesis, suite }, progress)
    const isRight = fault === undefined && earlier.every((chain) => !chain.kept || chain.fault === undefined)
    return {
      verified: isRight,
      chainId: engine.chainId,
      height: Number(verdict.height),
      ...(verdict.ok ? { logSize: verdict.logSize, appHash: toHex(verdict.appHash) } : { fault }),
      earlier,
    }
  },
}
