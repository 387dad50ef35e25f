// The CapabilityStatement is true: what it says can be done is done, and what it does not say is refused.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createValidator } from '@meridian/standards'
import { openTestDoor, type TestDoor } from '../../../fixtures/fhir-door.ts'
import { resourceTypes } from '../../store/resource-types.ts'
import { interactions } from './interactions.ts'

let door: TestDoor
before(async () => {
  door = await openTestDoor()
})
after(() => door.close())

interface StatedResource {
  readonly type: string
  readonly interaction: { code: string }[]
  readonly searchParam: { name: string; type: string }[]
}

async function stated() {
  const { body } = await door.send('GET', '/metadata', undefined, { authorization: '' })
  return body as { rest: { resource: StatedResource[]; interaction: { code: string }[] }[] }
}

test('it is open to everyone and valid R4', async () => {
  const findings = createValidator().checkResource(await stated(), 'r4')
  assert.deepEqual(
    findings.filter(({ severity }) => severity === 'error'),
    [],
  )
})

test('it names every interaction that has a route, and no other', async () => {
  const [rest] = (await stated()).rest
  const system = rest?.interaction.map(({ code }) => code)
  const type = rest?.resource[0]?.interaction.map(({ code }) => code)
  const ours = (level: string) => [
    ...new Set(interactions.filter((one) => one.level === level).map(({ code }) => code)),
  ]
  assert.deepEqual(system, ours('system'))
  assert.deepEqual(type, ours('type'))
  for (const { method, path } of interactions) {
    const url = path === '/' ? '/fhir/R4/' : `/fhir/R4${path}`
    assert.ok(door.app.hasRoute({ method, url }), `${method} ${url}`)
  }
})

test('it names every type that is served, and no other', async () => {
  const [rest] = (await stated()).rest
  assert.deepEqual(
    rest?.resource.map(({ type }) => type),
    resourceTypes,
  )
  assert.equal((await door.send('GET', '/Parameters')).status, 404)
  assert.equal((await door.send('GET', '/patient')).status, 404)
})

const values: Readonly<Record<string, string>> = { token: 'x', reference: 'Patient/1', date: '2026-03-01' }

test('every search parameter it names can be searched by, and one it does not name cannot', async () => {
  const [rest] = (await stated()).rest
  const all = new Set(rest?.resource.flatMap(({ searchParam }) => searchParam.map(({ name }) => name)))
  // One of each kind of table row is enough for the vault; every type is asked of the reader of searches.
  for (const type of [
    'Patient',
    'Observation',
    'Encounter',
    'MedicationRequest',
    'Provenance',
    'Basic',
    'Binary',
  ]) {
    const named = rest?.resource.find((resource) => resource.type === type)?.searchParam ?? []
    for (const { name, type: kind } of named) {
      const special: Record<string, string> = { encounter: 'Encounter/1', '-source-id': 'lis|1' }
      const value = special[name] ?? values[kind]
      const { status } = await door.send('GET', `/${type}?${name}=${value}`)
      assert.equal(status, 200, `${type}?${name}`)
    }
    for (const name of all) {
      if (named.some((parameter) => parameter.name === name)) continue
      assert.equal((await door.send('GET', `/${type}?${name}=x`)).status, 400, `${type}?${name}`)
    }
  }
})

test('conditional read, create and versioned update are as it says', async () => {
  const [rest] = (await stated()).rest
  for (const resource of rest?.resource ?? []) {
    const { conditionalCreate, conditionalRead, conditionalUpdate, versioning } =
      resource as unknown as Record<string, unknown>
    assert.deepEqual(
      [conditionalCreate, conditionalRead, conditionalUpdate, versioning],
      [true, 'not-match', false, 'versioned-update'],
    )
  }
  assert.equal((await door.send('PUT', '/Patient?identifier=x', { resourceType: 'Patient' })).status, 404)
})
