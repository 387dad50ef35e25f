/** A home: the folder in which one node keeps everything, and the paths inside it. */
import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { OutsideFailure } from '../command-line/command.ts'

/** The places inside a home. `keys` never goes into a backup as a whole (SECURITY.md, table of keys). */
export interface Home {
  readonly dir: string
  readonly configuration: string
  readonly genesis: string
  readonly keys: string
  readonly passphrase: string
  readonly ledger: string
  readonly vault: string
  /** Large sealed bytes, also of a vault whose database is a server. */
  readonly blobs: string
  /** Artefact packages, each in a folder named by its content hash. */
  readonly standards: string
  /** Code systems that were imported. */
  readonly terminology: string
  readonly control: string
  readonly lock: string
}

/** The home at `dir`, whether it exists or not. */
export function homeAt(dir: string): Home {
  const root = resolve(dir)
  return {
    dir: root,
    configuration: join(root, 'meridian.json'),
    genesis: join(root, 'genesis.json'),
    keys: join(root, 'keys'),
    passphrase: join(root, 'keys', 'passphrase'),
    ledger: join(root, 'ledger'),
    vault: join(root, 'vault'),
    blobs: join(root, 'blobs'),
    standards: join(root, 'standards'),
    terminology: join(root, 'terminology'),
    control: join(root, 'run', 'control.json'),
    lock: join(root, 'run', 'lock'),
  }
}

/** True when a node was set up here. */
export function isHome(home: Home): boolean {
  return existsSync(home.configuration)
}

/** Makes the folders, for the owner's eyes only. @throws OutsideFailure when the disk says no. */
export function makeFolders(home: Home): void {
  try {
    for (const dir of [home.dir, home.keys, home.ledger, join(home.dir, 'run')]) {
      mkdirSync(dir, { recursive: true, mode: 0o700 })
    }
  } catch (cause) {
    throw unwritable(home, cause)
  }
}

/** Says in one sentence that the home cannot be written, with the system's code (EACCES, ENOSPC, EROFS). */
export function unwritable(home: Home, cause: unknown): OutsideFailure {
  const code = (cause as { code?: string }).code ?? 'EIO'
  return new OutsideFailure(
    {
      zh: `无法写入数据目录 ${home.dir}(${code})。请检查权限和磁盘空间；没有任何数据被改动。`,
      en: `The home ${home.dir} cannot be written (${code}). Check its permissions and free space; nothing was changed.`,
    },
    cause,
  )
}
