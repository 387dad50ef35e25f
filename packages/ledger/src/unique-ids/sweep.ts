/**
 * Forgetting: expired unique ids stop counting at once and leave the state when the hand of the sweep passes them.
 * The hand goes round the keys like a clock, a bounded step for every non-empty block, so no second index by
 * expiry has to be kept in the authenticated state.
 */
import { concatBytes } from '@meridian/protocol'
import type { Context } from '../context.ts'
import type { WritableView } from '../state-view.ts'
import { FIRST_KEY, readHand, scanExpiries, UNIQUE_IDS, writeHand } from './state.ts'

/** CONSENSUS: ids looked at in a block of n statements: 2 n and this many more, so that the hand outruns what arrives. */
const EXTRA_STEPS = 16

/** Moves the hand and deletes what it finds expired. Effects: state of this module only. */
export function sweepUniqueIds(view: WritableView, context: Context, statementCount: number): void {
  const limit = 2 * statementCount + EXTRA_STEPS
  const seen = scanExpiries(view, readHand(view), limit)
  for (const { key, expirySeconds } of seen) {
    if (expirySeconds <= context.timeSeconds) view.delete(UNIQUE_IDS, key)
  }
  const last = seen.at(-1)
  writeHand(view, last !== undefined && seen.length === limit ? justAfter(last.key) : FIRST_KEY)
}

function justAfter(key: Uint8Array): Uint8Array {
  return concatBytes(key, new Uint8Array([0]))
}
