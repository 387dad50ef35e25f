/** What the contract suite works with: fresh organisations in one database, a clock, made-up records. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { canonicalTextOf } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import type { NewDelivery } from '../inbox/inbox.ts'
import { keyringOf } from '../keys/keyring-of.ts'
import { openVaultOn } from '../open-vault.ts'
import type { StoredVersion, StoreItem } from '../records/store-item.ts'
import type { SqlDriver } from '../sql/driver.ts'
import type { Vault, VaultSettings } from '../vault.ts'

/** A clock that stands still until it is moved. */
export interface TestClock {
  now(): Date
  advance(milliseconds: number): void
}

/** One organisation's vault in the shared database; `settings` opens it again, also with another context. */
export interface ContractVault {
  readonly vault: Vault
  readonly driver: SqlDriver
  readonly clock: TestClock
  readonly settings: Omit<VaultSettings, 'database'>
}

/** A home under test: its driver, once the suite has started. */
export type ContractHome = () => SqlDriver

/** A clock that starts at a fixed instant. */
export function createTestClock(): TestClock {
  let now = Date.parse('2026-03-02T08:00:00.000Z')
  return {
    now: () => new Date(now),
    advance: (milliseconds) => {
      now += milliseconds
    },
  }
}

/** A vault of a new organisation; `more` adds to its settings. */
export async function newVault(
  driver: SqlDriver,
  more: Partial<Pick<VaultSettings, 'blobs' | 'keyring'>> = {},
): Promise<ContractVault> {
  const clock = createTestClock()
  const settings = {
    organisationId: `org-${randomBytes(6).toString('hex')}`,
    keyring: keyringOf({ wrappingKey: randomBytes(32), indexKey: randomBytes(32) }),
    genesisHash: new Uint8Array(32).fill(1),
    standardsSetHash: new Uint8Array(32).fill(2),
    suite: nodeSuite,
    clock,
    ...more,
  }
  return { vault: await openVaultOn(driver, settings), driver, clock, settings }
}

/** A delivery whose bytes are a text. */
export function delivery(controlId: string, text: string, more: Partial<NewDelivery> = {}): NewDelivery {
  return {
    source: 'his',
    controlId,
    form: 'hl7v2',
    bytes: new Uint8Array(Buffer.from(text)),
    context: {},
    position: { index: 1 },
    receivedTime: '2026-03-02T07:59:59.000Z',
    ...more,
  }
}

/** Takes one delivery in and gives its id. */
export async function receiveOne(
  vault: Vault,
  controlId: string,
  text = `text of ${controlId}`,
): Promise<string> {
  const [reception] = await vault.inbox.receive([delivery(controlId, text)])
  return reception?.deliveryId ?? assert.fail('no reception')
}

/** An Observation of `p1` with a value; `more` overrides anything. */
export function observation(id: string, value: number, more: Partial<StoreItem> = {}): StoreItem {
  const type = more.type ?? 'Observation'
  return {
    deliveryId: null,
    type,
    id,
    operation: 'upsert',
    text: canonicalTextOf({ resourceType: type, id, valueQuantity: { value } }),
    provenance: canonicalTextOf({ resourceType: 'Provenance', recorded: '2026-03-02' }),
    patientId: 'p1',
    source: 'his',
    captureMethod: 'interface',
    careStage: 'inpatient',
    times: { received: '2026-03-02T07:59:59.000Z' },
    search: [
      { kind: 'token', param: 'code', system: 'http://loinc.org', code: '718-7' },
      { kind: 'reference', param: 'patient', target: 'Patient/p1' },
      { kind: 'identifier', param: 'identifier', system: 'urn:his', value: `id of ${id}` },
      { kind: 'date', param: 'date', from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' },
    ],
    ...more,
  }
}

/** An item said at a time by its source. */
export function saidAt(message: string): Pick<StoreItem, 'times'> {
  return { times: { message, received: '2026-03-02T07:59:59.000Z' } }
}

/** Stores items and gives their outcomes. */
export function storeItems(vault: Vault, ...items: readonly StoreItem[]) {
  return vault.records.store({ items, finished: [] })
}

/** Stores one item that must become a version. */
export async function storeOne(vault: Vault, item: StoreItem): Promise<StoredVersion> {
  const [outcome] = await storeItems(vault, item)
  return outcome?.outcome === 'stored' ? outcome : assert.fail(`not stored: ${outcome?.outcome}`)
}

/** The text of bytes. */
export function textOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : Buffer.from(bytes).toString()
}
