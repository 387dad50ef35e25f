/** The guides about founding: four cards become a chain, and a home with a chain of its own takes its history along. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { findCometBinary } from '@meridian/engine'
import { type Desk, openDesk } from './guide-desk.ts'

const toolsFolder = join(import.meta.dirname, '../../../../.tools')
const binary = findCometBinary({ searchPath: process.env.PATH, toolsFolder })
const skip = binary === undefined ? 'CometBFT is not on this machine' : false

let desk: Desk

before(async () => {
  desk = await openDesk()
})

after(() => desk.close())

/** A card of another organisation, made in a home of its own. */
function cardOf(id: string, port: number): Promise<string> {
  const kind = id.includes('commission') ? 'health-commission' : 'tertiary-hospital'
  return desk.run(
    `meridian card --home ${id} --id ${id} --name-zh 机构 --name-en ${id} --kind ${kind} --class core --place 33 --port ${port} --p2p 127.0.0.1:${port + 1000} -o ${id}.card.json`,
  )
}

test('four-organisations: four cards become a chain, and each home takes it in', async () => {
  await Promise.all([cardOf('second-hospital', 7321), cardOf('health-commission', 7322), cardOf('cdc', 7323)])
  await desk.follow('four-organisations-on-four-servers.md', { mark: 'run founding', home: 'first-hospital' })
  await desk.run(
    'for home in second-hospital health-commission cdc; do meridian join genesis.json --home $home; done',
  )
  assert.ok(existsSync(join(desk.folder, 'first-hospital/genesis.json')))
})

async function start(home: string): Promise<void> {
  await desk.start(`meridian serve --home ${home}`)
}

/** An organisation that was alone: a record, its receipt, the trust file of then. */
async function aloneUntilNow(): Promise<void> {
  const node = await desk.start('meridian start --home own --empty --port 7400')
  await desk.run(
    `echo '{"resourceType":"Patient","id":"p1","gender":"female"}' > p1.json && meridian intake p1.json --home own`,
  )
  const [id] = /Patient\/\S+/.exec(await desk.run('meridian records --home own')) ?? []
  await desk.run(
    `meridian receipt ${id} -o old-receipt.json --home own && meridian trust -o old-trust.json --home own`,
  )
  await node.stop()
}

interface Verdict {
  readonly verified: boolean
  readonly organisations: readonly string[]
}

async function verdict(receipt: string, trust: string): Promise<Verdict> {
  return JSON.parse(await desk.run(`meridian verify ${receipt} --trust ${trust} --json`)) as Verdict
}

test('from-one-to-many: old receipts keep their one witness, new ones have those of the consortium', {
  skip,
}, async () => {
  await aloneUntilNow()
  await Promise.all([cardOf('second', 7401), cardOf('third', 7402), cardOf('commission', 7403)])
  const others = ['second', 'third', 'commission']
  // The others take the document in as soon as it is there.
  const followed = desk.follow('from-one-to-many.md')
  await Promise.all([followed, joinWhenFounded(others)])
  assert.deepEqual((await verdict('old-receipt.json', 'trust.json')).organisations, ['demo-hospital'])
  assert.ok((await verdict('old-receipt.json', 'old-trust.json')).verified)
  await desk.run(
    `echo '{"resourceType":"Patient","id":"p2","gender":"male"}' > p2.json && meridian intake p2.json --home own`,
  )
  const [id] = /Patient\/\S+/.exec(await desk.run('meridian records --home own')) ?? []
  await desk.run(
    `meridian receipt ${id} -o new-receipt.json --home own && meridian trust -o other-trust.json --home second`,
  )
  assert.ok((await verdict('new-receipt.json', 'other-trust.json')).organisations.length >= 3)
  const doors = [7401, 7402].map((port) => `http://127.0.0.1:${desk.port(port)}`)
  const own = `http://127.0.0.1:${desk.port(7400)}`
  await desk.run(`meridian trust --from ${[own, ...doors].join(',')} -o agreed-trust.json`)
  assert.ok((await verdict('new-receipt.json', 'agreed-trust.json')).verified)
})

async function joinWhenFounded(others: readonly string[]): Promise<void> {
  const founded = 'until grep -q handover genesis.json 2>/dev/null; do read -t 0.2 <> <(:) || :; done'
  await desk.run(founded)
  for (const home of others) await desk.run(`meridian join genesis.json --home ${home}`)
  await Promise.all(others.map(start))
}

test('a chain that went on after the document was made is not handed over', { skip }, async () => {
  const take = 'meridian intake p1.json --home late'
  const once = await desk.start('meridian start --home late --empty --port 7410')
  await desk.run(take)
  await once.stop()
  await desk.run('meridian card --home late --class core --p2p 127.0.0.1:8410 -o late.card.json')
  const founding = '--min-validators 1 --chain late --from-home late -o late.genesis.json'
  await desk.run(`meridian found late.card.json ${founding}`)
  await desk.run('echo \'{"resourceType":"Patient","id":"p9"}\' > p1.json')
  await desk.run(take)
  const said = await desk.run('meridian join late.genesis.json --home late 2>&1 || echo "code $?"')
  assert.match(said, /join\.chain-went-on[\s\S]*code 2/)
})
