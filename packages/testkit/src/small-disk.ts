/** A disk that can be filled: a small file system in memory, where this process may mount one. */
import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** An empty disk. */
export interface SmallDisk {
  readonly folder: string
  /** Takes every byte that is left. */
  fill(): void
  /** Gives them back. */
  empty(): void
  /** Nothing can be written from now on, or everything again. */
  setReadOnly(isReadOnly: boolean): void
  /** Takes the disk away, also from under a process that still has it. */
  remove(): void
}

/** Why a test that needs one is skipped. */
export const noSmallDisk = 'only root may mount a small disk'

/** Undefined where this process may not mount. */
export function mountSmallDisk(megabytes: number): SmallDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-disk-'))
  const mount = (options: string, ...rest: string[]) =>
    execFileSync('mount', [...rest, '-o', options, folder], { stdio: 'ignore' })
  try {
    mount(`size=${megabytes}m`, '-t', 'tmpfs', 'tmpfs')
  } catch {
    rmSync(folder, { recursive: true })
    return undefined
  }
  const filler = join(folder, 'filler')
  return {
    folder,
    fill: () => fillDisk(filler),
    empty: () => rmSync(filler, { force: true }),
    setReadOnly: (isReadOnly) => void mount(`remount,${isReadOnly ? 'ro' : 'rw'}`),
    remove() {
      execFileSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true })
    },
  }
}

/** In ever smaller pieces, until not a byte fits. */
function fillDisk(file: string): void {
  const descriptor = openSync(file, 'a')
  for (const size of [1 << 20, 4096, 1]) {
    try {
      for (const piece = Buffer.alloc(size); ; ) writeSync(descriptor, piece)
    } catch {
      // Full for pieces of this size.
    }
  }
  closeSync(descriptor)
}
