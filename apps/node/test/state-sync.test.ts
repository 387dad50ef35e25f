/** State sync between separate machines, with the real program: a late member begins from a snapshot that it gets through two members' doors. */
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { findCometBinary } from '@meridian/engine'
import {
  decodeReceipt,
  decodeStatement,
  encodeReceipt,
  isRefusal,
  type Receipt,
  toHex,
} from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import { meridian, type Running, startMeridian } from './meridian-process.ts'

const toolsFolder = join(import.meta.dirname, '../../../.tools')
const binary = findCometBinary({ searchPath: process.env.PATH, toolsFolder })
const skip = binary === undefined ? 'CometBFT is not on this machine' : false

const folder = mkdtempSync(join(tmpdir(), 'meridian-sync-'))
const dir = join(folder, 'consortium')
const file = (name: string): string => join(folder, name)
const [FIRST, SECOND, LATE] = ['health-commission', 'first-hospital', 'township-clinic'] as const
const homeOf = (id: string): string => join(dir, id)

/** Consoles from it on, peers a thousand above. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port > 60_000 ? port - 20_000 : port
}

async function ask<T>(...args: string[]): Promise<{ code: number | null; answer: T }> {
  const { code, out, log } = await meridian([...args, '--json'])
  assert.ok(out !== '', log)
  return { code, answer: JSON.parse(out) as T }
}

/** Takes one patient in at a member and gives the record. */
async function take(id: string, member: string): Promise<string> {
  const patient = file('patient.json')
  writeFileSync(patient, JSON.stringify({ resourceType: 'Patient', id, gender: 'female' }))
  const { answer } = await ask<{ firstRecord: string; anchored: number }>(
    'intake',
    patient,
    '--home',
    homeOf(member),
  )
  assert.equal(answer.anchored, 1)
  return answer.firstRecord
}

/** Snapshots and pruning as on a chain that has run for months. */
function setLedger(member: string): void {
  const path = join(homeOf(member), 'meridian.json')
  const configuration = JSON.parse(readFileSync(path, 'utf8')) as object
  const ledger = { keepBlocks: 5, snapshotInterval: 5 }
  writeFileSync(path, JSON.stringify({ ...configuration, ledger }))
}

let port = 0
const door = (index: number): string => `http://127.0.0.1:${port + index}`
const running = new Map<string, Running>()

async function serve(member: string, ...more: string[]): Promise<Running> {
  const node = startMeridian(['serve', '--home', homeOf(member), ...more])
  running.set(member, node)
  await node.said(/Ctrl-C ends it/)
  return node
}

async function stop(member: string): Promise<void> {
  const node = running.get(member)
  running.delete(member)
  node?.kill('SIGTERM')
  await node?.finished
}

/** The answer of a door to this machine. */
async function read<T>(index: number, path: string): Promise<{ status: number; body: T }> {
  const answer = await fetch(`${door(index)}${path}`)
  return { status: answer.status, body: (await answer.json()) as T }
}

async function earliestBlock(index: number): Promise<number> {
  const { body } = await read<{ result: { sync_info: { earliest_block_height: string } } }>(
    index,
    '/ledger/v1/consensus/status',
  )
  return Number(body.result.sync_info.earliest_block_height)
}

interface LedgerStatus {
  readonly height: string
  readonly appHash: string
  readonly logSize: number
}

function receiptAt(name: string): Receipt {
  const receipt = decodeReceipt(readFileSync(file(name)))
  assert.ok(!isRefusal(receipt))
  return receipt
}

before(async () => {
  if (skip !== false) return
  port = await freePort()
  const counts = ['--validators', '2', '--ordinary', '1', '--observers', '0']
  await ask('consortium', 'init', '--dir', dir, ...counts, '--port', String(port))
  setLedger(FIRST)
  setLedger(SECOND)
  await Promise.all([serve(FIRST), serve(SECOND)])
})

after(async () => {
  await Promise.all([...running.keys()].map(stop))
  rmSync(folder, { recursive: true, force: true })
})

describe('a late member', { skip, timeout: 900_000 }, () => {
  test('a receipt of a record whose block CometBFT has forgotten is still made and verifies', async () => {
    const oldRecord = await take('p1', FIRST)
    await ask('receipt', oldRecord, '-o', file('before.json'), '--home', homeOf(FIRST))
    const agreed = await meridian(['trust', '--from', `${door(0)},${door(1)}`, '-o', file('trust.json')])
    assert.equal(agreed.code, 0, agreed.log)
    for (let n = 2; n <= 10; n++) await take(`p${n}`, n % 2 === 0 ? FIRST : SECOND)
    const earliest = await earliestBlock(0)
    const { block } = receiptAt('before.json')
    assert.ok(BigInt(earliest) > block.header.height, `CometBFT keeps from ${earliest}`)
    await ask('receipt', oldRecord, '-o', file('after.json'), '--home', homeOf(FIRST))
    const { code } = await ask('verify', file('after.json'), '--trust', file('trust.json'))
    assert.equal(code, 0)
    const chain = await ask<{ verified: boolean }>('chain', 'verify', '--home', homeOf(FIRST))
    assert.equal(chain.answer.verified, true)
  })

  test('it begins from a snapshot, verified from a trust file older than what CometBFT keeps, and has the same app hash', async () => {
    const from = ['--sync-from', `${door(0)},${door(1)}`, '--trust', file('trust.json')]
    const node = await serve(LATE, ...from)
    const [, height] = await node.said(/sync done, height (\d+)/)
    assert.ok(Number(height) >= 5)
    await take('p11', LATE)
    const [mine, theirs] = await Promise.all([2, 0].map((i) => read<LedgerStatus>(i, '/ledger/v1/status')))
    assert.equal(mine?.body.logSize, theirs?.body.logSize)
    const at = `/ledger/v1/light-blocks/${mine?.body.height}`
    const [own, other] = await Promise.all([2, 0].map((i) => read<{ header: object }>(i, at)))
    assert.deepEqual(own?.body.header, other?.body.header)
    const { status } = await read(2, '/ledger/v1/light-blocks/2')
    assert.equal(status, 404, 'it did not execute the chain from its beginning')
  })

  test('its own records have receipts, and so has a statement from before the snapshot, which it fetches and checks', async () => {
    const record = await take('p12', LATE)
    await ask('receipt', record, '-o', file('late.json'), '--home', homeOf(LATE))
    const { code } = await ask('verify', file('late.json'), '--trust', file('trust.json'))
    assert.equal(code, 0)
    const statement = decodeStatement(nodeSuite, receiptAt('before.json').statement.bytes)
    assert.ok(!isRefusal(statement))
    const evidence = `/ledger/v1/receipt-evidence/${toHex(statement.id)}`
    const here = await fetch(`${door(2)}${evidence}`)
    assert.equal(here.status, 200)
    const receipt = decodeReceipt(new Uint8Array(await here.arrayBuffer()))
    assert.ok(!isRefusal(receipt))
    assert.deepEqual(receipt.statement.bytes, receiptAt('before.json').statement.bytes)
    writeFileSync(file('fetched.json'), encodeReceipt(receipt))
    const fetched = await ask('verify', file('fetched.json'), '--trust', file('trust.json'))
    assert.equal(fetched.code, 0)
  })

  test('chain verify says snapshot, and the node goes on after a restart without the option', async () => {
    const { code, answer } = await ask<{ fault: { place: string } }>(
      'chain',
      'verify',
      '--home',
      homeOf(LATE),
    )
    assert.deepEqual([code, answer.fault.place], [1, 'snapshot'])
    await stop(LATE)
    await serve(LATE)
    await take('p13', LATE)
  })

  test('a node whose keys/node.json is lost is let in again: it says so at another door, signed by its statement key', async () => {
    await stop(LATE)
    rmSync(join(homeOf(LATE), 'keys/node.json'))
    const said = await ask<{ announced: string }>(
      'members',
      'endpoints',
      '--through',
      door(1),
      '--home',
      homeOf(LATE),
    )
    assert.deepEqual([said.code, said.answer.announced], [0, LATE])
    await serve(LATE)
    await take('p14', LATE)
  })

  test('a home that has blocks asks nobody, and one door alone is refused', async () => {
    await stop(LATE)
    const alone = await meridian(['serve', '--home', homeOf(LATE), '--sync-from', door(0)])
    assert.equal(alone.code, 2)
    assert.match(alone.log, /two different members/)
    await serve(LATE, '--sync-from', 'http://127.0.0.1:1,http://127.0.0.1:2')
    assert.ok(existsSync(homeOf(LATE)))
  })
})
