/** The guides about running a consortium, followed to the letter on one machine: founded, joined late, a machine lost, keys rotated, left. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { findCometBinary } from '@meridian/engine'
import { pause } from '../../src/wiring/pause.ts'
import { blocksOf } from './guide-blocks.ts'
import { type Desk, openDesk } from './guide-desk.ts'

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

interface Member {
  readonly organisation: string
  readonly status: string
  readonly validator: { readonly keyId: string } | null
}

async function member(id: string, home: string): Promise<Member | undefined> {
  const { items } = JSON.parse(await desk.run(`meridian members --json --home ${home} 2>/dev/null`)) as {
    items: readonly Member[]
  }
  return items.find(({ organisation }) => organisation === id)
}

interface Status {
  readonly height: number
  readonly validators: number
}

async function ledger(home: string): Promise<Status> {
  const text = await desk.run(`meridian status --json --home ${home} 2>/dev/null`)
  return (JSON.parse(text) as { ledger: Status }).ledger
}

const PATIENCE_MS = 60_000

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const patience = AbortSignal.timeout(PATIENCE_MS)
  while (!(await holds())) {
    if (patience.aborted) assert.fail(what)
    await pause(200, patience)
  }
}

const catchesUp = (home: string, with_: string): Promise<void> =>
  until(`${home} does not catch up`, async () => (await ledger(home)).height >= (await ledger(with_)).height)

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

test('upgrade-at-a-height: parameters change by vote', { skip }, async () => {
  await desk.follow('upgrade-at-a-height.md')
  assert.match(await desk.run(`meridian proposals --home ${first}`), /maxBlockBytes 1048576/)
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
  assert.equal((await ledger('stranger')).height, 0)
  assert.ok((await ledger(first)).height > 0)
  await node.stop()
})

test('join-late: a fifth organisation waits, is admitted, catches up and validates', { skip }, async () => {
  await desk.follow('join-late.md')
  const node = desk.node('newcomer')
  assert.match(node.log(), /membership waiting/)
  await node.said(/membership member/)
  await catchesUp('newcomer', first)
  assert.equal((await ledger('newcomer')).validators, 5)
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

test('four-organisations: a lost machine comes back as the same member with another validator key', {
  skip,
}, async () => {
  const before = await member('fifth-hospital', first)
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
  await catchesUp('restored', first)
  await desk.run(back)
  await node.said(/membership member/)
  const after = await member('fifth-hospital', first)
  assert.equal(after?.status, 'active')
  assert.notEqual(after?.validator?.keyId, before?.validator?.keyId)
  await desk.run(signing)
  await desk.run(validator)
  await node.stop()
  // The chain is fetched anew as well when its folder is gone: never with a key that has signed.
  rmSync(join(desk.folder, 'restored/ledger'), { recursive: true })
  const again = await desk.start('meridian serve --home restored')
  await again.said(/membership other-validator-key/)
  await catchesUp('restored', first)
  await desk.run('meridian keys rotate --purpose validator --home restored')
  await again.said(/membership member/)
})

test('leave: suspended, reinstated, gone; what it anchored still verifies', { skip }, async () => {
  await desk.run('ln -sfn restored leaving && rm -rf newcomer && ln -sfn restored newcomer')
  await desk.follow('leave.md')
  const node = desk.node('restored')
  await node.said(/membership suspended/)
  const { status, validator } = (await member('fifth-hospital', first)) ?? assert.fail('it is forgotten')
  assert.deepEqual([status, validator], ['exited', null])
  await desk.run('meridian verify n.receipt.json --trust trust.json')
  await node.stop()
})
