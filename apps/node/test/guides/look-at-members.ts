/** What somebody who follows the guides looks at: members and heights, and that a node catches up. */
import assert from 'node:assert/strict'
import { pause } from '../../src/wiring/pause.ts'
import type { Desk } from './guide-desk.ts'

/** A member as `meridian members` lists it. */
export interface Member {
  readonly organisation: string
  readonly status: string
  readonly validator: { readonly keyId: string } | null
}

/** A member as the node of `home` knows it. */
export async function member(desk: Desk, id: string, home: string): Promise<Member | undefined> {
  const { items } = JSON.parse(await desk.run(`meridian members --json --home ${home} 2>/dev/null`)) as {
    items: readonly Member[]
  }
  return items.find(({ organisation }) => organisation === id)
}

/** Where a node's ledger stands. */
export interface Status {
  readonly height: number
  readonly validators: number
}

/** Asks it. */
export async function ledger(desk: Desk, home: string): Promise<Status> {
  const text = await desk.run(`meridian status --json --home ${home} 2>/dev/null`)
  return (JSON.parse(text) as { ledger: Status }).ledger
}

const PATIENCE_MS = 60_000

/** Asks until it holds. */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const patience = AbortSignal.timeout(PATIENCE_MS)
  while (!(await holds())) {
    if (patience.aborted) assert.fail(what)
    await pause(200, patience)
  }
}

/** Until the node of `home` has every block that the one of `other` has. */
export function catchesUp(desk: Desk, home: string, other: string): Promise<void> {
  const isThere = async (): Promise<boolean> =>
    (await ledger(desk, home)).height >= (await ledger(desk, other)).height
  return until(`${home} does not catch up`, isThere)
}
