/** The guides about running a consortium, followed further: a machine lost, keys rotated, suspended and reinstated, left, a vote. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { findCometBinary } from '@meridian/engine'
import { blocksOf } from './guide-blocks.ts'
import { type Desk, openDesk } from './guide-desk.ts'
import { catchesUp, member } from './look-at-members.ts'

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

test('a consortium of four whose parameters change by vote', { skip }, async () => {
  await desk.follow('consortium-on-one-machine.md')
  await desk.follow('upgrade-at-a-height.md')
  assert.match(await desk.run(`meridian proposals --home ${first}`), /maxBlockBytes 1048576/)
})

test('a fifth organisation joins it', { skip }, async () => {
  await desk.follow('join-late.md')
  await desk.node('newcomer').said(/membership member/)
})

test('four-organisations: a lost machine comes back as the same member with another validator key', {
  skip,
}, async () => {
  const before = await member(desk, 'fifth-hospital', first)
  const lost = desk.node('newcomer')
  const blocks = blocksOf('four-organisations-on-four-servers.md').filter(({ mark }) => mark === 'run')
  const [backup, restore, back, signing, validator] = blocks.map(({ text }) => text) as [
    string,
    string,
    string,
    string,
    string,
  ]
  await desk.run(backup, 'newcomer')
  await lost.stop('SIGKILL')
  await desk.run(restore)
  assert.ok(!readdirSync(join(desk.folder, 'restored/ledger')).includes('store'))
  const node = await desk.start('MERIDIAN_HOME=restored meridian serve')
  await node.said(/membership other-validator-key/)
  await catchesUp(desk, 'restored', first)
  await desk.run(back)
  await node.said(/membership member/)
  const after = await member(desk, 'fifth-hospital', first)
  assert.equal(after?.status, 'active')
  assert.notEqual(after?.validator?.keyId, before?.validator?.keyId)
  await desk.run(signing)
  await desk.run(validator)
  await node.stop()
  // The start that the guide asks for: from now on the new key is one that has signed.
  await (await desk.start('meridian serve --home restored')).stop()
  // The chain is fetched anew as well when its folder is gone: never with a key that has signed.
  rmSync(join(desk.folder, 'restored/ledger'), { recursive: true })
  const again = await desk.start('meridian serve --home restored')
  await again.said(/membership other-validator-key/)
  await catchesUp(desk, 'restored', first)
  await desk.run('meridian keys rotate --purpose validator --home restored')
  await again.said(/membership member/)
})

test('leave: suspended, reinstated, gone; what it anchored still verifies', { skip }, async () => {
  const [id] = /Patient\/\S+/.exec(await desk.run('meridian records --home restored')) ?? []
  await desk.run(`meridian receipt ${id} -o own.receipt.json --home restored`)
  await desk.run('rm -rf newcomer && ln -sfn restored newcomer')
  await desk.follow('leave.md')
  const node = desk.node('restored')
  await node.said(/membership suspended/)
  const { status, validator } =
    (await member(desk, 'fifth-hospital', first)) ?? assert.fail('it is forgotten')
  assert.deepEqual([status, validator], ['exited', null])
  await desk.run('meridian verify own.receipt.json --trust trust.json')
  await node.stop()
})
