/** The guides about running a consortium, followed to the letter on one machine: founded, a stranger kept out, joined late. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { findCometBinary } from '@meridian/engine'
import { blocksOf } from './guide-blocks.ts'
import { type Desk, openDesk } from './guide-desk.ts'
import { catchesUp, ledger, until } from './look-at-members.ts'

const toolsFolder = join(import.meta.dirname, '../../../../.tools')
const binary = findCometBinary({ searchPath: process.env.PATH, toolsFolder })
const skip = binary === undefined ? 'CometBFT is not on this machine' : false

let desk: Desk

before(async () => {
  desk = await openDesk()
})

after(async () => {
  if (existsSync(join(desk.folder, 'consortium'))) await desk.run('meridian consortium down --dir consortium')
  await desk.close()
})

const first = 'consortium/first-hospital'

test('every block of commands in the guides says whether it was tried', () => {
  const guides = [
    'consortium-on-one-machine.md',
    'four-organisations-on-four-servers.md',
    'from-one-to-many.md',
    'join-late.md',
    'leave.md',
    'upgrade-at-a-height.md',
  ]
  for (const guide of guides) assert.ok(blocksOf(guide).length > 0, guide)
})

test('consortium-on-one-machine: a record is witnessed by at least three', { skip }, async () => {
  await desk.follow('consortium-on-one-machine.md')
  const said = await desk.run('meridian verify receipt.json --trust trust.json --json')
  assert.ok((JSON.parse(said) as { witnesses: number }).witnesses >= 3)
})

test('a stranger with the genesis document and the addresses is not let in, and is told to wait', {
  skip,
}, async () => {
  await desk.run(
    'meridian card --home stranger --chain consortium/genesis.json --id stranger --name-zh 陌生 --name-en Stranger --kind laboratory --class ordinary --port 7390 --p2p 127.0.0.1:8390 -o /dev/null && meridian join consortium/genesis.json --home stranger',
  )
  const node = await desk.start('meridian serve --home stranger')
  await node.said(/membership waiting, height 0: .*尚未被接纳/)
  for (const id of ['s1', 's2']) {
    await desk.run(
      `echo '{"resourceType":"Patient","id":"${id}","gender":"male"}' > s.json && meridian intake s.json --home ${first}`,
    )
  }
  assert.equal((await ledger(desk, 'stranger')).height, 0)
  assert.ok((await ledger(desk, first)).height > 0)
  await node.stop()
})

test('join-late: a fifth organisation waits, is admitted, catches up and validates', { skip }, async () => {
  await desk.follow('join-late.md')
  const node = desk.node('newcomer')
  assert.match(node.log(), /membership waiting/)
  await node.said(/membership member/)
  await catchesUp(desk, 'newcomer', first)
  assert.equal((await ledger(desk, 'newcomer')).validators, 5)
})

test('a receipt of the fifth organisation verifies with the old trust file and names it as a witness', {
  skip,
}, async () => {
  const named = async (): Promise<boolean> => {
    await desk.run(
      `echo '{"resourceType":"Patient","id":"n${Date.now()}","gender":"male"}' > n.json && meridian intake n.json --home newcomer`,
    )
    const [id] = /Patient\/\S+/.exec(await desk.run('meridian records --home newcomer')) ?? []
    await desk.run(`meridian receipt ${id} -o n.receipt.json --home newcomer`)
    const said = await desk.run('meridian verify n.receipt.json --trust trust.json --json')
    const { verified, organisations } = JSON.parse(said) as { verified: boolean; organisations: string[] }
    assert.ok(verified)
    return organisations.includes('fifth-hospital')
  }
  // A commit needs four of five: the fifth is in most of them.
  await until('the newcomer witnesses nothing', named)
})
