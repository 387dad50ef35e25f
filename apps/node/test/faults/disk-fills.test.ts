/** A disk that fills up in the middle of a load over MLLP: what was acknowledged is kept, and the node goes on when there is room. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { mountSmallDisk, noSmallDisk, type SmallDisk } from '@meridian/testkit'
import { meridian, type Running, startMeridian } from '../meridian-process.ts'
import { assertSaid } from './assert-said.ts'
import { assertVerifies, createMllpHome, distinct, recordsOf, startHome, untilAnchored } from './mllp-home.ts'
import { KEPT, type Message, messagesOf, sendAll } from './mllp-load.ts'

/** A home on a small disk, its node, and what the hospital was told of each message. */
interface Filling {
  readonly disk: SmallDisk
  readonly home: string
  readonly port: number
  readonly kept: Set<string>
}

async function openFilling(t: TestContext): Promise<Filling | undefined> {
  const disk = mountSmallDisk(160)
  if (disk === undefined) return undefined
  t.after(() => disk.remove())
  const home = join(disk.folder, 'home')
  return { disk, home, port: await createMllpHome(home), kept: new Set() }
}

async function start(t: TestContext, { home }: Filling): Promise<Running> {
  const node = await startHome(home)
  t.after(() => node.kill('SIGKILL'))
  return node
}

/** Sends until the disk, which fills after `count` acknowledgements, has cost some messages theirs. */
async function sendUntilFull({ disk, port, kept }: Filling, messages: readonly Message[], count: number) {
  const notKept = new Set<string>()
  const before = kept.size
  const note = (code: string, controlId: string) => {
    ;(code === KEPT ? kept : notKept).add(controlId)
    if (kept.size === before + count) disk.fill()
  }
  await sendAll(port, messages, note, () => notKept.size >= 4)
  assert.ok(kept.size >= before + count, 'the disk was filled in the middle of the load')
  assert.ok(notKept.size > 0, 'the door says that a message cannot be kept')
}

/** Everything sent again is acknowledged; everything is stored once and in a block. */
async function assertAllThere({ home, port }: Filling, all: readonly Message[]): Promise<void> {
  const again: string[] = []
  await sendAll(port, all, (code) => void again.push(code))
  assert.deepEqual(
    again,
    all.map(() => KEPT),
  )
  const status = await untilAnchored(home, all.length)
  assert.equal(distinct(status), all.length)
  assert.equal(status.quarantined, 0)
  const results = await recordsOf(home, 'Observation')
  assert.equal(results.length, all.length * 2)
  assert.ok(results.every(({ version, state }) => version === 1 && state === 'final'))
}

test('a disk that fills up loses nothing acknowledged, and the node goes on by itself when there is room', {
  timeout: 280_000,
}, async (t) => {
  const filling = await openFilling(t)
  if (filling === undefined) return t.skip(noSmallDisk)
  const { disk, home, kept } = filling
  const node = await start(t, filling)
  const all = messagesOf(11, 200)
  await sendUntilFull(filling, all, 20)
  await node.said(/^corridor disk-full: .*[a-z]{4}.*[一-龥]{4}/m)
  assertSaid(await meridian(['backup', '-o', join(disk.folder, 'backup.tar'), '--home', home]))
  disk.empty()
  await untilAnchored(home, kept.size)
  await assertAllThere(filling, all)
  await node.said(/^corridor back/m)
  node.kill('SIGTERM')
  assert.equal((await node.finished).code, 0)
  await assertVerifies(home)
})

/** On a full disk it says so, and either ends or waits; with room it is a node again. */
async function startOnFull(t: TestContext, filling: Filling): Promise<Running> {
  const node = startMeridian(['start', '--home', filling.home])
  t.after(() => node.kill('SIGKILL'))
  await node.said(/disk.* is full[\s\S]*磁盘[\s\S]*满/)
  filling.disk.empty()
  const isOpen = node.said(/Ctrl-C ends it/).then(() => true)
  if (await isOpen.catch(() => false)) return node
  assertSaid(await node.finished)
  return start(t, filling)
}

test('a node started on a full disk says why, and has everything acknowledged once there is room', {
  timeout: 280_000,
}, async (t) => {
  const filling = await openFilling(t)
  if (filling === undefined) return t.skip(noSmallDisk)
  const { disk, home, kept } = filling
  const node = await start(t, filling)
  const all = messagesOf(12, 200)
  await sendUntilFull(filling, all, 40)
  node.kill('SIGKILL')
  await node.finished
  disk.fill()
  const healed = await startOnFull(t, filling)
  const status = await untilAnchored(home, kept.size)
  assert.ok(distinct(status) >= kept.size, 'an acknowledged message is gone')
  await assertAllThere(filling, all)
  healed.kill('SIGTERM')
  assert.equal((await healed.finished).code, 0)
  await assertVerifies(home)
})
