/** Contract of reading, history, lists and search, with the access rule inside. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AccessRule, accessAll, accessNone } from '../access-rule.ts'
import type { DateMatch, Page, RecordVersion, SearchCriterion, SearchRequest } from '../records/records.ts'
import type { SearchRow, StoreItem } from '../records/store-item.ts'
import type { Vault } from '../vault.ts'
import { type ContractHome, newVault, observation, storeItems } from './contract-vault.ts'

const loinc = 'http://loinc.org'

function of(patient: string, code: string, more: Partial<StoreItem> = {}): Partial<StoreItem> {
  const search: SearchRow[] = [
    { kind: 'token', param: 'code', system: loinc, code },
    { kind: 'token', param: 'status', code: 'final' },
    { kind: 'reference', param: 'patient', target: `Patient/${patient}` },
  ]
  return { patientId: patient, search, ...more }
}

function ids(page: Page<{ readonly id: string }> | undefined): string[] | undefined {
  return page?.items.map((item) => item.id)
}

function searchFor(vault: Vault, criteria: readonly SearchCriterion[], access: AccessRule = accessAll) {
  return vault.records.search({ type: 'Observation', criteria, count: 50 }, access)
}

function ofPatient(patient: string): SearchCriterion {
  return { kind: 'reference', param: 'patient', anyOf: [`Patient/${patient}`] }
}

function ofCode(code: string, system?: string | null): SearchCriterion {
  return { kind: 'token', param: 'code', anyOf: [{ code, ...(system === undefined ? {} : { system }) }] }
}

/** Registers the tests. */
export function searchContract(home: ContractHome): void {
  test('search by patient and code finds what both say', async () => {
    const { vault } = await newVault(home())
    await storeItems(
      vault,
      observation('a', 1, of('p1', 'x')),
      observation('b', 1, of('p1', 'y')),
      observation('c', 1, of('p2', 'x')),
    )
    assert.deepEqual(ids(await searchFor(vault, [ofPatient('p1'), ofCode('x')])), ['a'])
    assert.deepEqual(ids(await searchFor(vault, [ofCode('x')])), ['a', 'c'])
    assert.deepEqual(ids(await searchFor(vault, [ofCode('x'), ofCode('y')])), [])
    assert.deepEqual(ids(await searchFor(vault, [])), ['a', 'b', 'c'])
    const either: SearchCriterion = { kind: 'token', param: 'code', anyOf: [{ code: 'x' }, { code: 'y' }] }
    assert.deepEqual(ids(await searchFor(vault, [ofPatient('p1'), either])), ['a', 'b'])
  })

  test('several codes are looked up from the rarer one, with the same answer', async () => {
    const { vault } = await newVault(home())
    const items = Array.from({ length: 30 }, (_, n) =>
      observation(`o${n}`, n, of('p1', n === 7 ? 'rare' : 'x')),
    )
    await storeItems(vault, ...items)
    const final: SearchCriterion = { kind: 'token', param: 'status', anyOf: [{ code: 'final' }] }
    assert.deepEqual(ids(await searchFor(vault, [final, ofCode('rare')])), ['o7'])
  })

  test('a token is matched with its system, any system, or none', async () => {
    const { vault } = await newVault(home())
    const token = (system: string | undefined): SearchRow => ({
      kind: 'token',
      param: 'code',
      code: 'x',
      ...(system === undefined ? {} : { system }),
    })
    await storeItems(
      vault,
      observation('a', 1, { search: [token(loinc)] }),
      observation('b', 1, { search: [token(undefined)] }),
      observation('c', 1, { search: [token('urn:other'), token(loinc)] }),
    )
    assert.deepEqual(ids(await searchFor(vault, [ofCode('x')])), ['a', 'b', 'c'])
    assert.deepEqual(ids(await searchFor(vault, [ofCode('x', loinc)])), ['a', 'c'])
    assert.deepEqual(ids(await searchFor(vault, [ofCode('x', null)])), ['b'])
    const anyOther: SearchCriterion = { kind: 'token', param: 'code', anyOf: [{ system: 'urn:other' }] }
    assert.deepEqual(ids(await searchFor(vault, [anyOther])), ['c'])
  })

  test('an identifier is found by its value, though only its blind index is kept', async () => {
    const { vault } = await newVault(home())
    await storeItems(vault, observation('a', 1), observation('b', 1))
    const byValue = (value: string, system?: string): SearchCriterion => ({
      kind: 'identifier',
      param: 'identifier',
      anyOf: [{ value, ...(system === undefined ? {} : { system }) }],
    })
    assert.deepEqual(ids(await searchFor(vault, [byValue('id of a')])), ['a'])
    assert.deepEqual(ids(await searchFor(vault, [byValue('id of a', 'urn:his')])), ['a'])
    assert.deepEqual(ids(await searchFor(vault, [byValue('id of a', 'urn:other')])), [])
  })

  test('FHIR R4 §3.1.1.4.7: dates compare as periods, by prefix', async () => {
    const { vault } = await newVault(home())
    const at = (from: string, to: string): Partial<StoreItem> => ({
      search: [{ kind: 'date', param: 'date', from: `2026-${from}T00:00:00Z`, to: `2026-${to}T00:00:00Z` }],
    })
    await storeItems(
      vault,
      observation('before', 1, at('01-10', '01-11')),
      observation('into', 1, at('01-31', '02-02')),
      observation('inside', 1, at('02-10', '02-11')),
      observation('around', 1, at('01-01', '04-01')),
      observation('outof', 1, at('02-28', '03-02')),
      observation('after', 1, at('03-10', '03-11')),
    )
    const february = (prefix: DateMatch['prefix']): SearchCriterion => ({
      kind: 'date',
      param: 'date',
      anyOf: [{ prefix, from: '2026-02-01T00:00:00Z', to: '2026-03-01T00:00:00Z' }],
    })
    const found = async (prefix: DateMatch['prefix']) => ids(await searchFor(vault, [february(prefix)]))
    assert.deepEqual(await found('eq'), ['inside'])
    assert.deepEqual(await found('ne'), ['before', 'into', 'around', 'outof', 'after'])
    assert.deepEqual(await found('gt'), ['around', 'outof', 'after'])
    assert.deepEqual(await found('lt'), ['before', 'into', 'around'])
    assert.deepEqual(await found('ge'), ['inside', 'around', 'outof', 'after'])
    assert.deepEqual(await found('le'), ['before', 'into', 'inside', 'around'])
    assert.deepEqual(await found('sa'), ['after'])
    assert.deepEqual(await found('eb'), ['before'])
  })

  test('search by id and by time of storing', async () => {
    const { vault, clock } = await newVault(home())
    await storeItems(vault, observation('a', 1))
    clock.advance(86_400_000)
    await storeItems(vault, observation('b', 1), observation('c', 1))
    assert.deepEqual(ids(await searchFor(vault, [{ kind: 'id', anyOf: ['c', 'a', 'none'] }])), ['a', 'c'])
    const since: DateMatch = { prefix: 'ge', from: '2026-03-03T00:00:00Z', to: '2026-03-04T00:00:00Z' }
    assert.deepEqual(ids(await searchFor(vault, [{ kind: 'lastUpdated', anyOf: [since] }])), ['b', 'c'])
  })

  test('a new version is found by what it says now, not by what it said', async () => {
    const { vault } = await newVault(home())
    await storeItems(vault, observation('a', 1, of('p1', 'x')))
    await storeItems(vault, observation('a', 2, of('p1', 'y')))
    assert.deepEqual(ids(await searchFor(vault, [ofCode('x')])), [])
    assert.deepEqual(ids(await searchFor(vault, [ofCode('y')])), ['a'])
  })

  test('pages are stable while records arrive, in both orders', async () => {
    const { vault } = await newVault(home())
    const items = Array.from({ length: 7 }, (_, n) => observation(`o${n}`, n, of('p1', 'x')))
    await storeItems(vault, ...items.slice(0, 5))
    const request: SearchRequest = { type: 'Observation', criteria: [ofCode('x')], count: 2 }
    const first = await vault.records.search(request, accessAll)
    await storeItems(vault, ...items.slice(5))
    const seen = await restOf(vault, request, first)
    assert.deepEqual(seen, ['o0', 'o1', 'o2', 'o3', 'o4', 'o5', 'o6'])
    const down: SearchRequest = { ...request, order: 'newest-first', count: 3 }
    assert.deepEqual(
      await restOf(vault, down, await vault.records.search(down, accessAll)),
      seen.toReversed(),
    )
  })

  test('a cursor of another list, or none of ours, gives no page', async () => {
    const { vault } = await newVault(home())
    await storeItems(vault, observation('a', 1), observation('b', 1))
    const page = await vault.records.list({ count: 1 }, accessAll)
    assert.ok(page?.next)
    assert.equal(
      await vault.records.list({ count: 1, type: 'Patient', cursor: page.next }, accessAll),
      undefined,
    )
    assert.equal(await vault.records.list({ count: 1, cursor: 'AAAA' }, accessAll), undefined)
  })

  test('every way of reading obeys the access rule', async () => {
    const { vault } = await newVault(home())
    await storeItems(
      vault,
      observation('a', 1, of('p1', 'x')),
      observation('b', 1, of('p2', 'x', { source: 'lis' })),
      observation('org', 1, { type: 'Organization', patientId: undefined as never }),
      observation('p1', 1, { type: 'Patient', patientId: undefined as never }),
    )
    const p1: AccessRule = { types: 'all', patients: ['p1'], sources: 'all', referenceData: false }
    assert.deepEqual(ids(await searchFor(vault, [ofCode('x')], p1)), ['a'])
    assert.equal(await vault.records.read('Observation', 'b', p1), undefined)
    assert.equal(await vault.records.vread('Observation', 'b', 1, p1), undefined)
    assert.deepEqual(ids(await vault.records.history('Observation', 'b', { count: 9 }, p1)), [])
    assert.deepEqual(ids(await vault.records.list({ count: 9 }, p1)), ['p1', 'a'])
    assert.deepEqual(ids(await vault.records.list({ count: 9 }, { ...p1, referenceData: true })), [
      'p1',
      'org',
      'a',
    ])
    assert.deepEqual(ids(await vault.records.list({ count: 9 }, { ...accessAll, sources: ['lis'] })), ['b'])
    assert.deepEqual(ids(await vault.records.list({ count: 9 }, { ...accessAll, types: ['Patient'] })), [
      'p1',
    ])
    assert.deepEqual(ids(await vault.records.list({ count: 9 }, accessNone)), [])
    const request = { type: 'Observation', criteria: [ofCode('x')] }
    assert.equal(await vault.records.countMatches(request, p1, 10), 1)
    assert.equal(await vault.records.countMatches(request, accessAll, 10), 2)
  })

  test('history shows newest first what was before and after', async () => {
    const { vault, clock } = await newVault(home())
    for (const value of [1, 2, 3]) {
      await storeItems(vault, observation('a', value))
      clock.advance(1000)
    }
    const first = await vault.records.history('Observation', 'a', { count: 2 }, accessAll)
    assert.deepEqual(versions(first), [
      [3, '2026-03-02T08:00:02.000Z'],
      [2, '2026-03-02T08:00:01.000Z'],
    ])
    assert.ok(first?.next)
    const rest = await vault.records.history('Observation', 'a', { count: 2, cursor: first.next }, accessAll)
    assert.deepEqual([versions(rest), rest?.next], [[[1, '2026-03-02T08:00:00.000Z']], undefined])
    assert.match(rest?.items[0]?.opened?.resource ?? '', /"value":1/)
    assert.equal((await vault.records.vread('Observation', 'a', 2, accessAll))?.version, 2)
    for (const none of [0, 4, 1.5, 2 ** 40]) {
      assert.equal(await vault.records.vread('Observation', 'a', none, accessAll), undefined)
    }
  })

  test('values are bound, never part of a statement', async () => {
    const { vault } = await newVault(home())
    const odd = `'; DROP TABLE records; -- " \\ {},NULL`
    const search: SearchRow[] = [{ kind: 'token', param: odd, code: odd, system: odd }]
    await storeItems(vault, observation(odd, 1, { search, patientId: odd }), observation('null', 1))
    const criterion: SearchCriterion = { kind: 'token', param: odd, anyOf: [{ code: odd, system: odd }] }
    assert.deepEqual(ids(await searchFor(vault, [criterion])), [odd])
    assert.equal((await vault.records.read('Observation', odd, accessAll))?.id, odd)
  })
}

async function restOf(
  vault: Vault,
  request: SearchRequest,
  first: Page<RecordVersion> | undefined,
): Promise<string[]> {
  const seen: string[] = []
  for (let page = first; page !== undefined; ) {
    seen.push(...page.items.map((item) => item.id))
    if (page.next === undefined) break
    page = await vault.records.search({ ...request, cursor: page.next }, accessAll)
  }
  return seen
}

function versions(page: Page<RecordVersion> | undefined) {
  return page?.items.map((item) => [item.version, item.storedTime])
}
