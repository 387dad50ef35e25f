/** Collects faults: all are counted, the first thousand kept. */
import type { SqlSession } from '../sql/driver.ts'
import type { VaultContext } from '../vault-context.ts'
import type { Fault } from './fault.ts'

/** Handed to every check. */
export interface FaultList {
  readonly kept: Fault[]
  readonly count: () => number
  add(fault: Fault): void
}

const MOST_KEPT = 1000

/** An empty list. */
export function createFaultList(): FaultList {
  const kept: Fault[] = []
  let count = 0
  return {
    kept,
    count: () => count,
    add: (fault) => {
      count += 1
      if (kept.length < MOST_KEPT) kept.push(fault)
    },
  }
}

/** Runs one check on one snapshot: what is stored meanwhile is either whole in it or not at all. */
export function inSnapshot<T>(vault: VaultContext, check: (session: SqlSession) => Promise<T>): Promise<T> {
  return vault.driver.transaction(async (session) => {
    await session.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY')
    return check(session)
  })
}

/** The `table` of a fault in a file of the blob store. */
export const BLOB_STORE = 'blob store'

/** True for the same bytes. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
