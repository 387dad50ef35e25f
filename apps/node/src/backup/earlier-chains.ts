/** The chains before this one: kept to be read only, so that old records still get receipts after a restore. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Archive, openArchive } from '@meridian/engine'
import { createLedger } from '@meridian/ledger'
import {
  decodeStatement,
  equalBytes,
  type GenesisDocument,
  isRefusal,
  type StatementBodies,
  type Suite,
} from '@meridian/protocol'
import type { AnchoredBatch } from '@meridian/vault'
import { OutsideFailure } from '../command-line/command.ts'
import type { Home } from '../home/home.ts'
import type { Closers } from '../wiring/closers.ts'

/** Which chain they come before. */
export interface EarlierParts {
  readonly genesis: GenesisDocument
  readonly suite: Suite
  /** The home is one of a consortium. */
  readonly isMember: boolean
}

/** The folder that holds one ledger directory for each earlier chain. */
export const earlierChainsDir = (home: Pick<Home, 'dir'>) => join(home.dir, 'chains')

/**
 * Follows the handovers back from `genesis`, newest first. A member of a consortium whose own chain it was not has none of them. @throws OutsideFailure when a chain that was handed over from is
 * missing or is another one, EngineFailure when it does not open.
 */
export async function openEarlierChains(
  home: Home,
  { genesis, suite, isMember }: EarlierParts,
  closers: Closers,
): Promise<readonly Archive[]> {
  const chains: Archive[] = []
  if (isMember && !existsSync(earlierChainsDir(home))) return chains
  for (let next = genesis.handover; next !== undefined; next = chains.at(-1)?.genesis.handover) {
    const directory = join(earlierChainsDir(home), next.chainId)
    if (!existsSync(directory)) throw chainMissing(directory)
    const archive = await openChain(directory, suite, genesis)
    closers.add(() => archive.close())
    if (!equalBytes(archive.genesisHash, next.genesisHash)) throw chainMissing(directory)
    chains.push(archive)
  }
  return chains
}

/** One chain, to be read. */
export function openChain(directory: string, suite: Suite, genesis: GenesisDocument): Promise<Archive> {
  return openArchive({ directory, suite, modules: createLedger({ suite, genesis }).modules })
}

/** The organisation's batches on an earlier chain. */
export function* batchesOnChain(
  chain: Archive,
  suite: Suite,
  organisationId: string,
): Generator<AnchoredBatch> {
  for (let height = 1n; height <= chain.height; height += 1n) {
    const block = chain.block(height)
    for (const [i, bytes] of (block?.statements ?? []).entries()) {
      const statement = decodeStatement(suite, bytes)
      if (isRefusal(statement) || statement.kind !== 'anchor-batch' || statement.issuer !== organisationId)
        continue
      if (block?.results[i] !== undefined) continue
      const { batchId, root, size } = statement.body as StatementBodies['anchor-batch']
      yield { batchId, root, size }
    }
  }
}

function chainMissing(directory: string): OutsideFailure {
  return new OutsideFailure({
    zh: `缺少被接续的旧链 ${directory}，旧记录将无法取得回执。请从备份恢复该目录。`,
    en: `The earlier chain ${directory} that this one goes on from is missing; restore that folder from the backup.`,
  })
}
