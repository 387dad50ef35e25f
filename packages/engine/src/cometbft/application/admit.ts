/** Whether a statement may wait for a block: form, signature, quota of its issuer, and the rules on the newest state. Used at the door and in CheckTx. */
import { isRefusal, type Refusal } from '@meridian/protocol'
import type { Clock } from '../../clock.ts'
import type { StateMachine } from '../../state-machine.ts'
import type { ChainHead } from './chain-head.ts'
import type { KnownStatement, KnownStatements } from './known-statements.ts'

/** What judging needs. */
export interface AdmitParts {
  readonly machine: StateMachine
  readonly head: ChainHead
  readonly known: KnownStatements
  readonly clock: Clock
}

const MS_PER_SECOND = 1_000
/** PERF: between the door and CheckTx lie milliseconds; after this long expiry is judged again, also while no block comes. */
const PASSED_MS = 2_000

const NANOS_PER_SECOND = 1_000_000_000n

/** The refusal that the newest state gives, or undefined. */
export async function admit(parts: AdmitParts, known: KnownStatement): Promise<Refusal | undefined> {
  const { statement } = known
  if (isRefusal(statement)) return statement
  await parts.known.verify(parts.head.current().state.view, [known])
  return admitVerified(parts, known)
}

/** The same, when its signature was looked at already. */
export function admitVerified(parts: AdmitParts, known: KnownStatement): Refusal | undefined {
  const { statement } = known
  if (isRefusal(statement)) return statement
  const { state, height, time } = parts.head.current()
  const ms = parts.clock.nowMs()
  if (known.passedAt?.height === height && ms - known.passedAt.ms < PASSED_MS) return undefined
  const blockSeconds = time / NANOS_PER_SECOND
  const now = BigInt(Math.floor(ms / MS_PER_SECOND))
  const refusal = parts.machine.check(state.view, statement, {
    height: height + 1n,
    timeSeconds: now > blockSeconds ? now : blockSeconds,
  })
  if (refusal === undefined) known.passedAt = { height, ms }
  return refusal
}
