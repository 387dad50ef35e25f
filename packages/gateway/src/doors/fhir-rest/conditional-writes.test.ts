// FHIR R4 §3.1.0.8.1: however many ask at once, a condition creates one record; over real sockets, on both homes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasPostgres, startTemporaryPostgres } from '@meridian/testkit'
import { accessAll, openDatabase } from '@meridian/vault'
import { openTestDoor, type TestDoor } from '../../../fixtures/fhir-door.ts'
import { createCriteriaTurns } from './criteria-turns.ts'

const atOnce = 16

const patient = (number: string) => ({
  resourceType: 'Patient',
  identifier: [{ system: 'urn:mrn', value: number }],
})

/** Posts over HTTP; `path` is below the base address. */
function poster(url: string) {
  return (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${url}/fhir/R4${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer all', 'content-type': 'application/fhir+json', ...headers },
      body: JSON.stringify(body),
    })
}

async function countOf(door: TestDoor, number: string): Promise<number> {
  const { body } = await door.send('GET', `/Patient?identifier=urn:mrn|${number}`)
  return body.total ?? body.entry?.length ?? 0
}

const createEntry = (number: string) => ({
  resource: patient(number),
  request: { method: 'POST', url: 'Patient', ifNoneExist: `identifier=urn:mrn|${number}` },
})

const bundle = (type: string, ...numbers: string[]) => ({
  resourceType: 'Bundle',
  type,
  entry: numbers.map(createEntry),
})

async function createOnce(door: TestDoor): Promise<void> {
  const post = poster(await door.app.listen({ port: 0, host: '127.0.0.1' }))
  const range = Array.from({ length: atOnce }, (_, n) => n)
  const header = { 'if-none-exist': 'identifier=urn:mrn|one' }
  const replies = await Promise.all(range.map(() => post('/Patient', patient('one'), header)))
  assert.deepEqual(
    replies.map(({ status }) => status).sort(),
    [...Array(atOnce - 1).fill(200), 201],
    'one created it, the others found it',
  )
  const places = new Set(replies.map(({ headers }) => headers.get('location')))
  assert.equal(places.size, 1)
  assert.equal(await countOf(door, 'one'), 1)

  // Transactions and batches take turns with one another; criteria in opposite orders wait for nobody for ever.
  const orders = [
    ['two', 'three'],
    ['three', 'two'],
  ]
  const types = ['transaction', 'batch']
  await Promise.all(
    range.map(async (n) => {
      const reply = await post('/', bundle(types[n % 2] as string, ...(orders[(n >> 1) % 2] as string[])))
      assert.equal(reply.status, 200, await reply.clone().text())
    }),
  )
  assert.deepEqual([await countOf(door, 'two'), await countOf(door, 'three')], [1, 1])

  const twice = await post('/', bundle('batch', 'four', 'four'))
  const { entry } = (await twice.json()) as { entry: { response: { status: string } }[] }
  assert.deepEqual(
    entry.map(({ response }) => response.status),
    ['201', '200'],
  )
  assert.equal(await countOf(door, 'four'), 1)
  assert.equal((await door.vault.records.list({ type: 'Patient', count: 99 }, accessAll))?.items.length, 4)
}

test('on PGlite', async (t) => {
  const door = await openTestDoor()
  t.after(() => door.close())
  await createOnce(door)
})

test('on PostgreSQL', { skip: hasPostgres() ? false : 'no PostgreSQL on this machine' }, async (t) => {
  const postgres = await startTemporaryPostgres({
    async runSql(url, sql) {
      const driver = await openDatabase(url)
      await driver.query(sql)
      await driver.close()
    },
  })
  t.after(() => postgres.close())
  const door = await openTestDoor({}, postgres.url)
  t.after(() => door.close())
  await createOnce(door)
})

test('only the same criteria wait, whatever the order of their parameters, and one that fails stops nobody', async () => {
  const inTurn = createCriteriaTurns()
  const done: string[] = []
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const first = inTurn(['Patient?a=1&b=2'], async () => {
    await held
    done.push('first')
    throw new Error('refused')
  })
  const second = inTurn(['Patient?b=2&a=1', 'Patient?c=3'], async () => done.push('second'))
  await inTurn(['Patient?a=2&b=1'], async () => done.push('other'))
  await inTurn([], async () => done.push('free'))
  assert.deepEqual(done, ['other', 'free'])
  release()
  await assert.rejects(first, /refused/)
  await second
  assert.deepEqual(done, ['other', 'free', 'first', 'second'])
})
