/** Opens the ledger of one organisation: its engine, and the client that everything else speaks through. */
import { createLedgerClient, type LedgerClient } from '@meridian/client'
import { createRefusalCounts, type RefusalCounts } from '../health/refusal-counts.ts'
import type { Home } from '../home/home.ts'
import { createNodeTransport } from '../ledger-door/in-process-transport.ts'
import type { Closers } from './closers.ts'
import { type EngineParts, type NodeEngine, openEngine } from './open-engine.ts'

/** @throws EngineFailure */
export async function openLedger(
  home: Home,
  parts: EngineParts,
  closers: Closers,
): Promise<{ engine: NodeEngine; ledger: LedgerClient; refusals: RefusalCounts }> {
  const engine = await openEngine(home, parts, closers)
  const refusals = createRefusalCounts()
  const needs = { engine, suite: parts.suite, onRefused: refusals.count }
  return { engine, ledger: createLedgerClient(createNodeTransport(needs)), refusals }
}
