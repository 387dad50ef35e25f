/** The corridor with several groups on their way at once: order, strangers at the same records, and a database that fails. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { nodeSuite } from '@meridian/protocol/node'
import { createValidator } from '@meridian/standards'
import {
  accessAll,
  createKeyring,
  openDatabase,
  openVaultOn,
  type SqlDriver,
  type Vault,
  VaultFailure,
  type VaultSettings,
} from '@meridian/vault'
import { fhirItem, sourceOf, tools } from '../fixtures/received.ts'
import { type Corridor, createCorridor, type Sent } from './corridor.ts'

const folder = mkdtempSync(join(tmpdir(), 'meridian-corridor-'))
const source = sourceOf()
const validator = createValidator()
let driver: SqlDriver
let settings: Omit<VaultSettings, 'database'>
let organisations = 0

before(async () => {
  driver = await openDatabase('pglite:memory')
  settings = {
    organisationId: '',
    keyring: await createKeyring(join(folder, 'key'), 'only for tests'),
    genesisHash: new Uint8Array(32),
    standardsSetHash: new Uint8Array(32),
    suite: nodeSuite,
    clock: { now: () => new Date() },
  }
})
after(async () => {
  await driver.close()
  rmSync(folder, { recursive: true, force: true })
})

/** An organisation of its own; `change` stands between the corridor and its vault. */
async function openCorridor(
  change: (vault: Vault) => Partial<Vault['records']['ahead']> = () => ({}),
  receive?: (vault: Vault) => Vault['inbox']['receive'],
) {
  const own = { ...settings, organisationId: `hospital-${++organisations}` }
  const vault = await openVaultOn(driver, own)
  const ahead = { ...vault.records.ahead, ...change(vault) }
  const corridor = createCorridor({
    vault: {
      ...vault,
      records: { ...vault.records, ahead },
      inbox: { ...vault.inbox, ...(receive === undefined ? {} : { receive: receive(vault) }) },
    },
    clock: own.clock,
    toolsFor: () => tools,
    validator,
    sourceNamed: () => source,
    pause: async () => {},
  })
  return { vault, corridor, stranger: () => openVaultOn(driver, own) }
}

let sentCount = 0

/** The patient as he is at step `n` of his life here. */
function patientAt(n: number): Sent {
  const resource = { resourceType: 'Patient', id: 'p1', name: [{ text: `step ${n}` }] }
  return { source, item: { ...fhirItem(resource), controlId: `m${++sentCount}` } }
}

/** Sends each step as a group of its own without waiting for the one before; resolves when all are in. */
async function sendSteps(corridor: Corridor, steps: readonly number[]) {
  const outcomes: Promise<unknown>[] = []
  for (const n of steps) for (const kept of await corridor.keep([patientAt(n)])) outcomes.push(kept.outcome)
  return (await Promise.all(outcomes)) as { state: string; records: { outcome: string; id: string }[] }[]
}

async function storedSteps(vault: Vault): Promise<string[]> {
  const [summary] = (await vault.records.list({ type: 'Patient', count: 9 }, accessAll))?.items ?? []
  const history = await vault.records.history('Patient', summary?.id ?? '', { count: 50 }, accessAll)
  const texts = history?.items.map((version) => version.opened?.resource ?? '') ?? []
  assert.deepEqual((await vault.verify()).faults, [])
  assert.equal((await vault.inbox.pending(9)).length, 0)
  return texts.reverse().map((text) => /step (\d+)/.exec(text)?.[1] ?? '')
}

const steps = Array.from({ length: 12 }, (_, n) => n)
const inOrder = steps.map(String)

test('groups on their way at once that touch one record are stored in the order of arrival, none twice', async () => {
  const { vault, corridor } = await openCorridor()
  const outcomes = await sendSteps(corridor, steps)
  assert.deepEqual(await storedSteps(vault), inOrder)
  assert.ok(outcomes.every((one) => one.state === 'taken-in' && one.records[0]?.outcome === 'stored'))
})

test('unchanged content is known while the version it equals is still being written', async () => {
  const { vault, corridor } = await openCorridor()
  const outcomes = await sendSteps(corridor, [1, 1, 1, 2, 2, 1])
  assert.deepEqual(
    outcomes.map((one) => one.records[0]?.outcome),
    ['stored', 'unchanged', 'unchanged', 'stored', 'unchanged', 'stored'],
  )
  assert.deepEqual(await storedSteps(vault), ['1', '2', '1'])
})

test('a head that a stranger moves meanwhile makes the groups that relied on it void, and they are taken in anew in order', async () => {
  let strangerComes: () => Promise<void> = async () => {}
  let writes = 0
  const { vault, corridor, stranger } = await openCorridor((inner) => ({
    async write(sealed) {
      writes += 1
      if (writes === 3) await strangerComes()
      return inner.records.ahead.write(sealed)
    },
  }))
  strangerComes = async () => {
    const other = await stranger()
    const [summary] = (await other.records.list({ type: 'Patient', count: 9 }, accessAll))?.items ?? []
    const read = await other.records.read('Patient', summary?.id ?? '', accessAll)
    assert.ok(read?.opened)
    const text = read.opened.resource.replace(/step \d+/, 'step 99') as typeof read.opened.resource
    const { type, id, source: from, captureMethod, careStage, times } = read
    const { provenance } = read.opened
    const item = { type, id, text, provenance, source: from, captureMethod, careStage, times } as const
    await other.records.store({
      items: [{ ...item, deliveryId: null, operation: 'upsert', search: [] }],
      finished: [],
    })
  }
  await sendSteps(corridor, steps)
  assert.deepEqual(await storedSteps(vault), ['0', '1', '99', ...inOrder.slice(2)])
  assert.ok(writes > 6, `the way heals: ${writes} groups were written as they were sealed`)
})

for (const moment of ['before the write', 'after the write'] as const) {
  test(`a database that fails ${moment} costs no group, no order and no second version`, async () => {
    let writes = 0
    const { vault, corridor } = await openCorridor((inner) => ({
      async write(sealed) {
        writes += 1
        if (writes === 2 && moment === 'after the write') await inner.records.ahead.write(sealed)
        if (writes === 2) throw new VaultFailure('unreachable', 'The database cannot be reached')
        return inner.records.ahead.write(sealed)
      },
    }))
    const outcomes = await sendSteps(corridor, steps)
    assert.deepEqual(await storedSteps(vault), inOrder)
    assert.ok(outcomes.every((one) => one.state === 'taken-in'))
  })
}

test('a group that cannot even be looked up is taken in when the database is back', async () => {
  let looks = 0
  const { vault, corridor } = await openCorridor((inner) => ({
    look: (names) =>
      ++looks <= 3
        ? Promise.reject(new VaultFailure('unreachable', 'The database cannot be reached'))
        : inner.records.ahead.look(names),
  }))
  await sendSteps(corridor, steps)
  assert.deepEqual(await storedSteps(vault), inOrder)
})

test('nothing is written while the corridor is held, and what arrived meanwhile follows', async () => {
  const { vault, corridor } = await openCorridor()
  await sendSteps(corridor, [0])
  let sending: Promise<unknown> = Promise.resolve()
  await corridor.hold(async () => {
    const kept = await corridor.keep([patientAt(1)])
    sending = Promise.all(kept.map((one) => one.outcome))
    assert.equal((await vault.inbox.pending(9)).length, 1)
    assert.equal((await vault.records.list({ type: 'Patient', count: 9 }, accessAll))?.items[0]?.version, 1)
  })
  await sending
  assert.deepEqual(await storedSteps(vault), ['0', '1'])
})

test('an item that the inbox wrote although its answer was lost is taken in when the sender tries again, once', async () => {
  let calls = 0
  const { vault, corridor } = await openCorridor(undefined, (opened) => async (deliveries) => {
    const receptions = await opened.inbox.receive(deliveries)
    if (++calls === 1) throw new VaultFailure('unreachable', 'The database cannot be reached')
    return receptions
  })
  const [lost, next] = [patientAt(0), patientAt(1)]
  await assert.rejects(corridor.keep([lost]), { code: 'unreachable' })
  const again = await corridor.takeIn([lost, lost, next])
  assert.deepEqual(
    again.map(({ state }) => state),
    ['taken-in', 'duplicate', 'taken-in'],
  )
  assert.deepEqual(await storedSteps(vault), ['0', '1'])
  const [once] = await corridor.takeIn([lost])
  assert.equal(once?.state, 'duplicate')
  await corridor.close()
})
