/** The health of a node over a real engine and its real doors: lives, ready, metrics, and the alarm when the height stands still. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createLedgerClient, signForLedger } from '@meridian/client'
import { type Engine, EngineFailure } from '@meridian/engine'
import { isRefusal } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import Fastify, { type FastifyInstance } from 'fastify'
import { batchBody, createTestLedger, hospital } from '../ledger-door/fixtures/test-ledger.ts'
import { createNodeTransport } from '../ledger-door/in-process-transport.ts'
import type { NodeEngine } from '../wiring/open-engine.ts'
import { addHealthDoor, type HealthDoorOptions } from './health-door.ts'
import { createRefusalCounts } from './refusal-counts.ts'
import { type Health, watchHealth } from './watch-health.ts'

const home = createTestLedger()
const refusals = createRefusalCounts()
const said: string[] = []
/** What the engine is made to look like on top of the real one. */
const faked: { waiting?: number; halted?: EngineFailure } = {}
let nowMs = 0
let vaultFails = false
let engine: Engine
let watched: NodeEngine
let health: Health

const vault: HealthDoorOptions['node']['vault'] = {
  async status() {
    if (vaultFails) throw new Error('a secret of the database')
    return {
      received: 7,
      duplicates: 1,
      pending: 2,
      quarantined: 3,
      quarantinedByRoom: { validate: 3 },
      records: 4,
      versions: { sealed: 1, submitted: 2, final: 3, erased: 0 },
      batches: { open: 0, submitted: 1, final: 5 },
    }
  },
  quarantine: {
    async groups() {
      return [{ room: 'validate', code: 'r4.required', count: 3, newestTime: '2026-01-01T00:00:00Z' }]
    },
  },
}

before(async () => {
  engine = await home.open()
  watched = Object.create(engine, {
    status: { value: () => ({ ...engine.status(), ...(faked.waiting ? { waiting: faked.waiting } : {}) }) },
    halted: { value: () => faked.halted },
  }) as NodeEngine
  health = watchHealth({
    engine: watched,
    log: (text) => said.push(text),
    stillAfterMs: 30_000,
    blockIntervalMs: 600_000,
    nowMs: () => nowMs,
  })
})

after(async () => {
  health.close()
  await engine.close()
  home.remove()
})

async function withDoor(work: (app: FastifyInstance) => Promise<void>, token?: string): Promise<void> {
  const app = Fastify()
  const ledger = createLedgerClient(
    createNodeTransport({ engine, suite: nodeSuite, onRefused: refusals.count }),
  )
  const node = { vault, ledger, engine: watched, refusals, clock: { now: () => new Date() } }
  await app.register(addHealthDoor, {
    node,
    health,
    nowMs: () => nowMs,
    ...(token === undefined ? {} : { token }),
  })
  try {
    await work(app)
  } finally {
    await app.close()
  }
}

const checksOf = (body: { checks: { name: string; ok: boolean }[] }) =>
  body.checks.filter(({ ok }) => !ok).map(({ name }) => name)

test('a node whose parts answer lives and is ready', async () => {
  await withDoor(async (app) => {
    assert.deepEqual((await app.inject('/healthz')).json(), { alive: true })
    const ready = await app.inject('/readyz')
    assert.deepEqual([ready.statusCode, ready.json().ready, checksOf(ready.json())], [200, true, []])
  })
})

test('a vault that fails makes the node unready, and what it said stays inside', async () => {
  vaultFails = true
  await withDoor(async (app) => {
    const ready = await app.inject('/readyz')
    assert.deepEqual([ready.statusCode, checksOf(ready.json())], [503, ['vault']])
    assert.doesNotMatch(ready.body, /secret/)
    assert.match((await app.inject('/metrics')).body, /^meridian_vault_up 0$/m)
  })
  vaultFails = false
})

test('metrics are Prometheus text of numbers, with the refusals of the ledger by code', async () => {
  await withDoor(async (app) => {
    const client = createLedgerClient(
      createNodeTransport({ engine, suite: nodeSuite, onRefused: refusals.count }),
    )
    const sign = async () => {
      const blockTimeSeconds = await client.blockTimeSeconds()
      return signForLedger(hospital, { kind: 'anchor-batch', body, blockTimeSeconds }).bytes
    }
    const body = batchBody()
    assert.ok(!isRefusal(await client.submit(await sign())))
    assert.ok(isRefusal(await client.submit(await sign())))
    const answer = await app.inject('/metrics')
    assert.match(String(answer.headers['content-type']), /^text\/plain; version=0\.0\.4/)
    for (const line of answer.body.trimEnd().split('\n'))
      assert.match(
        line,
        /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[0-9.e+-]+)$/,
      )
    const value = (name: string) => Number(new RegExp(`^${name} (.+)$`, 'm').exec(answer.body)?.[1])
    assert.equal(value('meridian_ledger_height'), Number(engine.status().height))
    assert.equal(value('meridian_inbox_items'), 2)
    assert.equal(value('meridian_outbox_versions'), 3)
    assert.equal(value('meridian_ledger_stands_still'), 0)
    assert.match(answer.body, /^meridian_quarantine_items\{room="validate",code="r4\.required"\} 3$/m)
    assert.match(answer.body, /^meridian_ledger_refusals_total\{code="evidence\.batch-exists"\} 1$/m)
  })
})

test('a height that stands still while statements wait is an alarm, said once in both languages, and once when over', async () => {
  said.length = 0
  faked.waiting = 3
  await health.look()
  nowMs += 29_000
  await health.look()
  assert.deepEqual(health.alarms(), [])
  nowMs += 2_000
  await withDoor(async (app) => {
    const ready = await app.inject('/readyz')
    assert.deepEqual([ready.statusCode, checksOf(ready.json())], [503, ['height']])
    assert.match((await app.inject('/metrics')).body, /^meridian_ledger_stands_still 1$/m)
  })
  await health.look()
  assert.equal(said.length, 1)
  assert.match(
    said[0] ?? '',
    /alarm ledger\.stands-still: Height \d+ has stood still.*statements waiting: 3.*已停滞/,
  )
  delete faked.waiting
  await health.look()
  assert.deepEqual(health.alarms(), [])
  assert.match(said[1] ?? '', /is over.*告警解除/)
})

test('a chain at rest is no alarm until it has missed two of the blocks it makes for the clock', async () => {
  const codes = () => health.alarms().map(({ code }) => code)
  nowMs = 1_200_000
  await health.look()
  assert.deepEqual(codes(), [])
  nowMs = 1_230_000
  await health.look()
  assert.deepEqual(codes(), ['ledger.stands-still'])
  nowMs = 60_000
  await health.look()
  assert.deepEqual(codes(), [])
})

test('an engine that stopped over another state is an alarm that names the module', async () => {
  faked.halted = new EngineFailure('engine.state-diverged', { height: '12', module: 'evidence' })
  await withDoor(async (app) => {
    const ready = await app.inject('/readyz')
    const [check] = ready.json().checks.filter(({ ok }: { ok: boolean }) => !ok)
    assert.equal(ready.statusCode, 503)
    assert.deepEqual([check.name, check.code, check.module], ['engine', 'engine.state-diverged', 'evidence'])
    assert.match((await app.inject('/metrics')).body, /^meridian_ledger_halted 1$/m)
  })
  assert.match(said.at(-1) ?? '', /module that differs from the others is evidence.*模块是 evidence/)
  delete faked.halted
  await health.look()
})

test('metrics and readiness are for this machine without a proxy, or for the token; liveness is for anyone', async () => {
  const statuses = async (app: FastifyInstance, headers: Record<string, string>) => {
    const ask = async (url: string) => (await app.inject({ url, headers })).statusCode
    return [await ask('/healthz'), await ask('/readyz'), await ask('/metrics')]
  }
  await withDoor(async (app) => {
    assert.deepEqual(await statuses(app, {}), [200, 200, 200])
    assert.deepEqual(await statuses(app, { 'x-forwarded-for': '10.0.0.1' }), [200, 401, 401])
  })
  const token = 'a token that is long enough'.replaceAll(' ', '-')
  await withDoor(async (app) => {
    assert.deepEqual(await statuses(app, {}), [200, 401, 401])
    assert.deepEqual(await statuses(app, { authorization: `Bearer ${token}` }), [200, 200, 200])
  }, token)
})
