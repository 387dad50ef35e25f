/** A home that cannot be written and a disk that is too small for one: a sentence in both languages, exit code 3, and nothing corrupted. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { mountSmallDisk, noSmallDisk } from '@meridian/testkit'
import { folderFor, meridian } from '../meridian-process.ts'
import { assertSaid } from './assert-said.ts'
import { assertVerifies, createMllpHome } from './mllp-home.ts'

test('a home that cannot be made is said so', async (t) => {
  const folder = folderFor(t)
  writeFileSync(join(folder, 'file'), '')
  assertSaid(await meridian(['start', '--empty', '--home', join(folder, 'file', 'home')]))
})

test('a read-only home is said so', { timeout: 120_000 }, async (t) => {
  const disk = mountSmallDisk(400)
  if (disk === undefined) return t.skip(noSmallDisk)
  t.after(() => disk.remove())
  const home = join(disk.folder, 'home')
  await createMllpHome(home)
  disk.setReadOnly(true)
  assertSaid(await meridian(['start', '--home', home]))
  assertSaid(await meridian(['vault', 'verify', '--home', home]))
  disk.setReadOnly(false)
  await assertVerifies(home)
})

test('a disk too small for a home is said so', { timeout: 120_000 }, async (t) => {
  const disk = mountSmallDisk(8)
  if (disk === undefined) return t.skip(noSmallDisk)
  t.after(() => disk.remove())
  assertSaid(await meridian(['start', '--empty', '--home', join(disk.folder, 'home')]))
})
