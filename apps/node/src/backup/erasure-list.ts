/**
 * The list of erasures, kept as a file outside the database and outside every backup: a restore replays it, so that what was
 * erased does not come back. Handles and delivery ids only.
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { ErasureEntry, Vault } from '@meridian/vault'
import { OutsideFailure } from '../command-line/command.ts'
import type { Home } from '../home/home.ts'

/** Where a home keeps it. */
export const erasureListFile = (home: Pick<Home, 'dir'>) => join(home.dir, 'erasures.json')

/** The same vault, whose every erasure is on the list before it is answered. */
export function keepingErasureList(vault: Vault, home: Home): Vault {
  return {
    ...vault,
    erase: {
      ...vault.erase,
      async confirm(requestId, by) {
        const answer = await vault.erase.confirm(requestId, by)
        if (!('refused' in answer)) writeErasureList(home, await vault.erase.erasureList())
        return answer
      },
    },
  }
}

/** Replaces the list at once or not at all. */
export function writeErasureList(home: Pick<Home, 'dir'>, entries: readonly ErasureEntry[]): void {
  const file = erasureListFile(home)
  const out = openSync(`${file}.new`, 'w', 0o600)
  writeSync(out, `${JSON.stringify({ format: 'meridian-erasures/1', entries }, null, 2)}\n`)
  fsyncSync(out)
  closeSync(out)
  renameSync(`${file}.new`, file)
}

/** @throws OutsideFailure when the file is not such a list. */
export function readErasureList(file: string): readonly ErasureEntry[] {
  try {
    const list = JSON.parse(readFileSync(file, 'utf8')) as { format?: string; entries?: ErasureEntry[] }
    if (list.format === 'meridian-erasures/1' && Array.isArray(list.entries)) return list.entries
  } catch {
    // Said below, as for any other file.
  }
  throw new OutsideFailure({
    zh: `${file} 不是可用的删除清单。`,
    en: `${file} is not a list of erasures that can be read.`,
  })
}
