/** A home that cannot be written and a disk that is full: a sentence in both languages, exit code 3, and nothing corrupted. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type Finished, folderFor, meridian } from '../meridian-process.ts'
import { assertVerifies, createMllpHome, distinct, recordsOf, startHome, untilAnchored } from './mllp-home.ts'
import { KEPT, messagesOf, sendAll } from './mllp-load.ts'

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

test('a disk that fills up loses nothing acknowledged, and the node goes on when there is room', {
  timeout: 280_000,
}, async (t) => {
  const disk = smallDisk(t, 400)
  if (disk === undefined) return t.skip(notAllowed)
  const home = join(disk, 'home')
  const port = await createMllpHome(home)
  const node = await startHome(home)
  t.after(() => node.kill('SIGKILL'))
  const all = messagesOf(11, 200)
  const kept = new Set<string>()
  const filler = join(disk, 'filler')
  const load = sendAll(port, all, (code, controlId) => {
    if (code === KEPT) kept.add(controlId)
    if (kept.size === 20 && !existsSync(filler)) fill(disk, filler)
  })
  await load
  assert.ok(existsSync(filler))
  assertSaid(await meridian(['backup', '-o', join(disk, 'backup.tar'), '--home', home]))
  node.kill('SIGKILL')
  await node.finished
  rmSync(filler)
  const healed = await startHome(home)
  t.after(() => healed.kill('SIGKILL'))
  const before = await untilAnchored(home, kept.size)
  assert.ok(distinct(before) >= kept.size)
  const again: string[] = []
  await sendAll(port, all, (code) => void again.push(code))
  assert.deepEqual(
    again.filter((code) => code !== KEPT),
    [],
  )
  assert.equal(distinct(await untilAnchored(home, all.length)), all.length)
  assert.equal((await recordsOf(home, 'Observation')).length, all.length * 2)
  healed.kill('SIGTERM')
  assert.equal((await healed.finished).code, 0)
  await assertVerifies(home)
})

/** Takes all the room that is left. */
function fill(disk: string, filler: string): void {
  const { bavail, bsize } = statfsSync(disk)
  try {
    writeFileSync(filler, Buffer.alloc(bavail * bsize))
  } catch {
    // The node took the last of it meanwhile: full all the same.
  }
}
