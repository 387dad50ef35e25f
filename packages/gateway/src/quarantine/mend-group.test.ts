// Errors that are alike are one group; one mapping or one unit mends all of it, and what it does not speak of is left.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Delivery, QuarantineItem } from '@meridian/vault'
import fc from 'fast-check'
import { groupLikeErrors, markedText, valuesFound } from './like-errors.ts'
import { mendedBytes, mendGroup } from './mend-group.ts'
import { proposeValue } from './propose-value.ts'

const item = (deliveryId: string, more: Partial<QuarantineItem> = {}): QuarantineItem =>
  ({
    deliveryId,
    room: 'validate',
    code: 'r4.code-not-allowed',
    place: 'Patient.gender',
    source: 'his',
    form: 'fhir',
    refusedTime: '2024-06-01T00:00:00Z',
    findings: [],
    ...more,
  }) as QuarantineItem

const delivery = (text: string, context = {}): Delivery =>
  ({ bytes: new TextEncoder().encode(text), context }) as unknown as Delivery

const patient = (gender: string) => `{"resourceType":"Patient","gender":"${gender}"}`

test('items are one group by code, element and source; indexes do not part them', async () => {
  const items = [
    item('a', { place: 'Observation.component[0].valueQuantity' }),
    item('b', { place: 'Observation.component[7].valueQuantity' }),
    item('c', { source: 'lis' }),
    item('d'),
  ]
  const groups = await groupLikeErrors({ list: async () => ({ items }) })
  assert.deepEqual(groups.map(({ element, source, count }) => `${element} ${source} ${count}`).sort(), [
    'Observation.component.valueQuantity his 2',
    'Patient.gender his 1',
    'Patient.gender lis 1',
  ])
  assert.equal(new Set(groups.map(({ id }) => id)).size, 3)
})

test('one mapping mends all of a group, its originals untouched by us, and leaves what it does not name', async () => {
  const texts: Record<string, string> = { a: patient('男'), b: patient('男'), c: patient('?') }
  const items = Object.keys(texts).map((id) => item(id))
  const [group] = await groupLikeErrors({ list: async () => ({ items }) })
  assert.ok(group)
  const replaced: Record<string, string> = {}
  const needs = {
    quarantine: {
      replaceBytes: async (id: string, bytes: Uint8Array) => {
        replaced[id] = new TextDecoder().decode(bytes)
        return true
      },
      retry: async () => true,
    },
    inbox: { get: async (id: string) => delivery(texts[id] ?? '') },
  }
  assert.deepEqual(await mendGroup(group, { map: { 男: 'male' } }, 'li', needs), { mended: 2, left: 1 })
  assert.deepEqual(replaced, { a: patient('male'), b: patient('male') })
})

test('the values of a group are counted, each with the proposal that words make certain', () => {
  const texts = ['男', '男', '女', 'x'].flatMap((sex) => markedText(item('a'), delivery(patient(sex))) ?? [])
  assert.deepEqual(valuesFound(texts, 'r4.code-not-allowed'), [
    { value: '男', count: 2, proposal: 'male' },
    { value: '女', count: 1, proposal: 'female' },
    { value: 'x', count: 1 },
  ])
  assert.equal(proposeValue('cn.sex-code', '女性'), '2')
})

test('a unit goes into a Quantity that has none, and behind the value of a CSV cell', () => {
  const text = '{"resourceType":"Observation","valueQuantity":{"value":36.5}}'
  const quantity = item('a', { code: 'cn.quantity-unit', place: 'Observation.valueQuantity' })
  const bytes = mendedBytes('fhir', markedText(quantity, delivery(text)), { unit: 'Cel' })
  assert.deepEqual(JSON.parse(new TextDecoder().decode(bytes)).valueQuantity, {
    value: 36.5,
    unit: 'Cel',
    code: 'Cel',
    system: 'http://unitsofmeasure.org',
  })
  const cell = item('b', { form: 'csv-row', place: 'column "体温"' })
  const row = delivery('张三,36.5', { headings: '["姓名","体温"]' })
  const mended = mendedBytes('csv-row', markedText(cell, row), { unit: '℃' })
  assert.equal(new TextDecoder().decode(mended), '张三,36.5℃')
})

test('a value that would part a cell, a field or the JSON is never written', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom('fhir', 'csv-row', 'hl7v2'), (value, form) => {
      const marked = markedText(item('a'), delivery(patient('m')))
      const bytes = mendedBytes(form, marked, { map: { m: value } })
      if (bytes === undefined) return
      const text = new TextDecoder().decode(bytes)
      if (form === 'fhir') assert.equal(JSON.parse(text).gender, value)
      if (form === 'hl7v2') assert.doesNotMatch(text.slice(35, -2), /[|^~&\r\n]/)
    }),
  )
})
