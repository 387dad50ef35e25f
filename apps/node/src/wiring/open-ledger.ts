/** Opens the ledger of one organisation: its engine, and the client that everything else speaks through. */
import { createLedgerClient, type LedgerClient } from '@meridian/client'
import { createRefusalCounts, type RefusalCounts } from '../health/refusal-counts.ts'
import type { Home } from '../home/home.ts'
import { createNodeTransport } from '../ledger-door/in-process-transport.ts'
import { doorsOfOthers } from '../ledger-door/member-keys.ts'
import type { Closers } from './closers.ts'
import { createOldStatements, type FetchOldStatement } from './fetch-old-statement.ts'
import { askAt } from './member-doors.ts'
import { type EngineParts, type NodeEngine, openEngine } from './open-engine.ts'

/** What is opened. */
export interface OpenedLedger {
  readonly engine: NodeEngine
  readonly ledger: LedgerClient
  readonly refusals: RefusalCounts
  readonly fetchOldStatement: FetchOldStatement
}

/** @throws EngineFailure */
export async function openLedger(home: Home, parts: EngineParts, closers: Closers): Promise<OpenedLedger> {
  const engine = await openEngine(home, parts, closers)
  const refusals = createRefusalCounts()
  const { configuration, keys } = parts
  const asker = { organisation: configuration.organisation.id, signer: keys.statement, nowMs: Date.now }
  const fetchOldStatement = createOldStatements(() => askAt(doorsOfOthers(engine, asker.organisation), asker))
  const needs = { engine, suite: parts.suite, onRefused: refusals.count, fetchOldStatement }
  return { engine, ledger: createLedgerClient(createNodeTransport(needs)), refusals, fetchOldStatement }
}
