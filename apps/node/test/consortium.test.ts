/** A consortium on one machine as a newcomer runs it: founded, started, used, looked at and stopped, with the real program. */
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { findCometBinary } from '@meridian/engine'
import { meridian } from './meridian-process.ts'

const toolsFolder = join(import.meta.dirname, '../../../.tools')
const binary = findCometBinary({ searchPath: process.env.PATH, toolsFolder })
const skip = binary === undefined ? 'CometBFT is not on this machine' : false

const folder = mkdtempSync(join(tmpdir(), 'meridian-consortium-'))
const dir = join(folder, 'consortium')
const homeOf = (id: string): string => join(dir, id)

/** A run of free ports: consoles from it on, peers a thousand above. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port > 60_000 ? port - 20_000 : port
}

async function ask(...args: string[]): Promise<{ code: number | null; answer: never }> {
  const { code, out, log } = await meridian([...args, '--json'])
  assert.ok(out !== '', log)
  return { code, answer: JSON.parse(out) as never }
}

let port = 0

before(async () => {
  if (skip !== false) return
  port = await freePort()
  const counts = ['--validators', '4', '--ordinary', '1', '--observers', '1']
  await ask('consortium', 'init', '--dir', dir, ...counts, '--port', String(port))
  const { answer } = await ask('consortium', 'up', '--dir', dir)
  const { members } = answer as { members: readonly { password?: string; url: string }[] }
  assert.equal(members.length, 6)
  assert.ok(members.every(({ password }) => (password?.length ?? 0) > 12))
})

after(async () => {
  if (existsSync(dir)) await meridian(['consortium', 'down', '--dir', dir])
  rmSync(folder, { recursive: true, force: true })
})

test('no password of a member stands in a log', { skip }, () => {
  const log = readFileSync(join(homeOf('first-hospital'), 'run', 'node.log'), 'utf8')
  assert.ok(!/password|密码/.test(log))
})

const patient = join(folder, 'patient.json')
const one = (id: string): string => {
  writeFileSync(patient, JSON.stringify({ resourceType: 'Patient', id, gender: 'female' }))
  return patient
}

test('what a hospital takes in is anchored by the members together, and a stranger counts the witnesses', {
  skip,
}, async () => {
  const { answer } = await ask('intake', one('p1'), '--home', homeOf('first-hospital'))
  const { firstRecord, anchored } = answer as { firstRecord: string; anchored: number }
  assert.equal(anchored, 1)
  const file = (name: string): string => join(folder, name)
  await meridian(['receipt', firstRecord, '-o', file('receipt.json'), '--home', homeOf('first-hospital')])
  const members = [0, 1, 4].map((i) => `http://127.0.0.1:${port + i}`).join(',')
  const agreed = await meridian(['trust', '--from', members, '-o', file('trust.json')])
  assert.equal(agreed.code, 0, agreed.log)
  const { answer: verified } = await ask('verify', file('receipt.json'), '--trust', file('trust.json'))
  const { witnesses } = verified as { witnesses: number }
  assert.ok(witnesses >= 3, String(witnesses))
})

test('an ordinary member submits; an observer reads and is told that it does no more', { skip }, async () => {
  const { answer } = await ask('intake', one('p2'), '--home', homeOf('township-clinic'))
  assert.equal((answer as { anchored: number }).anchored, 1)
  const { code, answer: refused } = await ask('intake', one('p3'), '--home', homeOf('insurer'))
  const { notAnchored } = refused as { notAnchored: { code: string; zh: string } }
  assert.deepEqual([code, notAnchored.code], [1, 'statement.observer-reads-only'])
})

test('a pinned trust file is moved on over the network, and the member that is asked is not believed', {
  skip,
}, async () => {
  const [old, next] = [join(folder, 'genesis-trust.json'), join(folder, 'next-trust.json')]
  await meridian(['trust', '-o', old, '--home', homeOf('insurer')])
  const { answer } = await ask('trust', 'update', old, '--from', `http://127.0.0.1:${port + 2}`, '-o', next)
  assert.ok(Number((answer as { height: string }).height) > 0)
  const checkpoint = await (await fetch(`http://127.0.0.1:${port}/.well-known/meridian/checkpoint`)).text()
  assert.match(checkpoint, /^consortium-[0-9a-f]{16}\n\d+\n/)
})

test('every member stands at the same height with the same four validators', { skip }, async () => {
  const { answer } = await ask('consortium', 'status', '--dir', dir)
  const { members } = answer as { members: readonly { validators: number; statements: number }[] }
  assert.ok(members.every(({ validators }) => validators === 4))
  assert.equal(new Set(members.map(({ statements }) => statements)).size, 1)
})

test('a chain goes on where it was after all of it was stopped', { skip }, async () => {
  await ask('consortium', 'down', '--dir', dir)
  await ask('consortium', 'up', '--dir', dir)
  const { answer } = await ask('intake', one('p4'), '--home', homeOf('second-hospital'))
  assert.equal((answer as { anchored: number }).anchored, 1)
})

test('a folder is founded once', { skip }, async () => {
  const again = await meridian(['consortium', 'init', '--dir', dir])
  assert.equal(again.code, 2)
  assert.match(again.log, /already/)
})
