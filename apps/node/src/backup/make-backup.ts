/**
 * Makes a backup of an open node while it goes on receiving: vault and ledger as they are at one moment, and what the
 * institution decided. Keys, passphrase and signing state never go in (SECURITY.md, table of keys).
 */
import { copyFileSync, cpSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { LedgerRefused } from '@meridian/gateway'
import { OperationRefused } from '../operations/operation.ts'
import type { Node } from '../wiring/node.ts'
import { earlierChainsDir } from './earlier-chains.ts'
import { type Manifest, writeManifest } from './manifest.ts'

/** How long the ledger may take to have everything that is stored. */
const settleMs = 60_000

/** Fills `folder`, which must not exist. @throws OperationRefused when what is stored does not reach the ledger. */
export async function makeBackup(node: Node, folder: string): Promise<Manifest> {
  mkdirSync(join(folder, 'chains'), { recursive: true, mode: 0o700 })
  const { home, engine } = node
  // Nothing is stored meanwhile and everything stored is anchored, so vault and ledger agree; the inbox stays open.
  const { isInside, height } = await node.corridor.hold(async () => {
    await anchorEverything(node)
    const isInside = await node.vault.copyTo(join(folder, 'vault'))
    // After the rows that name them: a blob too many is swept at the next start, one too few would be missed.
    copyFolder(home.blobs, join(folder, 'blobs'))
    await untilIdle(node)
    // The chain of a consortium is not copied: every member has it, and a restored node fetches it from them.
    if (node.configuration.engine === 'embedded')
      await engine.backup?.(join(folder, 'chains', engine.chainId))
    return { isInside, height: Number(engine.status().height) }
  })
  copyFileSync(home.configuration, join(folder, 'meridian.json'))
  copyFileSync(home.genesis, join(folder, 'genesis.json'))
  copyFolder(join(home.dir, 'mappings'), join(folder, 'mappings'))
  copyFolder(home.standards, join(folder, 'standards'))
  for (const { chainId } of node.earlier)
    copyFolder(join(earlierChainsDir(home), chainId), join(folder, 'chains', chainId))
  return writeManifest(folder, {
    time: node.clock.now().toISOString(),
    organisation: node.configuration.organisation.id,
    chainId: engine.chainId,
    height,
    database: isInside ? 'embedded' : 'server',
  })
}

async function anchorEverything(node: Node): Promise<void> {
  const late = new AbortController()
  const anchored = node.anchoring.flush().then(
    () => undefined,
    (reason: unknown) => notSettled(reason),
  )
  const tooLate = sleep(settleMs, notSettled(undefined), { signal: late.signal }).catch(() => undefined)
  const refused = await Promise.race([anchored, tooLate])
  late.abort()
  if (refused !== undefined) throw refused
}

/** With the ledger's own words where it refused: a member that is not admitted yet, or suspended, learns so here. */
function notSettled(reason: unknown): OperationRefused {
  const why = reason instanceof LedgerRefused ? reason.text : { zh: '', en: '' }
  return new OperationRefused('backup-not-settled', {
    zh: `有已封存的记录尚未写入账本，此时的备份无法自洽。请先用 meridian status 查明原因。${why.zh}`,
    en: `Sealed records do not reach the ledger, so a backup would not agree with itself. See meridian status first. ${why.en}`.trimEnd(),
  })
}

/** The commit of the newest block is on the disk once the engine rests. */
async function untilIdle({ engine }: Node): Promise<void> {
  for (let attempt = 0; attempt < 250 && !engine.status().idle; attempt += 1) await sleep(20)
}

function copyFolder(from: string, to: string): void {
  if (existsSync(from))
    cpSync(from, to, {
      recursive: true,
      filter: (path) => !path.endsWith('lock.mdb') && !path.endsWith('.part'),
    })
}
