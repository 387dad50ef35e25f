/** Opens the ledger of one organisation: its engine, and the client that everything else speaks through. */
import { createLedgerClient, type LedgerClient } from '@meridian/client'
import type { Home } from '../home/home.ts'
import { createNodeTransport } from '../ledger-door/in-process-transport.ts'
import type { Closers } from './closers.ts'
import { type EngineParts, type NodeEngine, openEngine } from './open-engine.ts'

/** @throws EngineFailure */
export async function openLedger(
  home: Home,
  parts: EngineParts,
  closers: Closers,
): Promise<{ engine: NodeEngine; ledger: LedgerClient }> {
  const engine = await openEngine(home, parts, closers)
  return { engine, ledger: createLedgerClient(createNodeTransport({ engine, suite: parts.suite })) }
}
