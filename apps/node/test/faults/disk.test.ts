/** A home that cannot be written and a disk that is too small for one: a sentence in both languages, exit code 3, and nothing corrupted. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type Finished, folderFor, meridian } from '../meridian-process.ts'
import { assertVerifies, createMllpHome } from './mllp-home.ts'

/** A small file system in memory; undefined where this process may not mount one. */
function smallDisk(t: TestContext, megabytes: number): string | undefined {
  const disk = mkdtempSync(join(tmpdir(), 'meridian-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', disk], { stdio: 'ignore' })
  } catch {
    rmSync(disk, { recursive: true })
    return undefined
  }
  t.after(() => {
    execFileSync('umount', ['-l', disk])
    rmSync(disk, { recursive: true })
  })
  return disk
}

const notAllowed = 'only root may mount a small disk'

/** English and Chinese, and no stack of ours. */
function assertSaid({ code, log }: Finished): void {
  assert.equal(code, 3, log)
  assert.match(log, /[一-龥]{4}/)
  assert.match(log, /[a-z]{4}/)
  assert.doesNotMatch(log, /\n\s+at .*:\d+:\d+/)
}

test('a home that cannot be made is said so', async (t) => {
  const folder = folderFor(t)
  writeFileSync(join(folder, 'file'), '')
  assertSaid(await meridian(['start', '--empty', '--home', join(folder, 'file', 'home')]))
})

test('a read-only home is said so', { timeout: 120_000 }, async (t) => {
  const disk = smallDisk(t, 400)
  if (disk === undefined) return t.skip(notAllowed)
  const home = join(disk, 'home')
  await createMllpHome(home)
  execFileSync('mount', ['-o', 'remount,ro', disk])
  assertSaid(await meridian(['start', '--home', home]))
  assertSaid(await meridian(['vault', 'verify', '--home', home]))
  execFileSync('mount', ['-o', 'remount,rw', disk])
  await assertVerifies(home)
})

test('a disk too small for a home is said so', { timeout: 120_000 }, async (t) => {
  const disk = smallDisk(t, 8)
  if (disk === undefined) return t.skip(notAllowed)
  assertSaid(await meridian(['start', '--empty', '--home', join(disk, 'home')]))
})
