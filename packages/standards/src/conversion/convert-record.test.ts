/** A record converted for a receiver: nothing is taken away, what is lost is said, the bytes are the same on every machine (S13, S14, S19). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type CanonicalText,
  canonicalTextOf,
  isRefusal,
  plainCopy,
  readCanonicalText,
} from '@meridian/protocol'
import fc from 'fast-check'
import { createValidator } from '../validator.ts'
import { conversionLossExtension, convertRecord, type Target, type Translate } from './convert-record.ts'

const snomed = 'http://snomed.info/sct'
const icd10 = 'http://hl7.org/fhir/sid/icd-10'
const map = { id: 'meridian.map.example', version: '1.0.0', hash: '00'.repeat(32) }

const table: Readonly<Record<string, readonly Target[]>> = {
  '44054006': [{ system: icd10, code: 'E11.9', display: 'Type 2 diabetes', equivalence: 'equal', map }],
  '1201005': [{ system: icd10, code: 'I10', equivalence: 'wider', map }],
  '999': [],
}

const translate: Translate = ({ system, code }, wanted) =>
  system === snomed && wanted.includes(icd10) ? (table[code] ?? []) : 'no-map'

const receiver = {
  codes: [{ path: 'Condition.code', systems: [icd10] }],
  units: [{ system: 'http://loinc.org', code: '8310-5', unit: 'Cel' }],
}

const condition = (code: string) =>
  canonicalTextOf({
    resourceType: 'Condition',
    subject: { reference: 'Patient/1' },
    code: { coding: [{ system: snomed, code }], text: 'T2DM' },
  })

type Coded = { readonly code: { readonly coding: unknown[]; readonly extension?: unknown[] } }

test('the receiver gets its own code in front of the sender’s, which stays', () => {
  const { text, losses, maps } = convertRecord(condition('44054006'), receiver, translate)
  assert.deepEqual((plainCopy(text) as Coded).code.coding, [
    { system: icd10, code: 'E11.9', display: 'Type 2 diabetes' },
    { system: snomed, code: '44054006' },
  ])
  assert.deepEqual(losses, [])
  assert.deepEqual(maps, [map])
})

test('a code without target, a wider target and a system without map are losses the receiver sees in the record', () => {
  for (const [code, loss] of [
    ['999', 'conversion.no-target'],
    ['1201005', 'conversion.wider'],
  ] as const) {
    const { text, losses } = convertRecord(condition(code), receiver, translate)
    assert.deepEqual(
      losses.map((one) => [one.code, one.path, one.severity]),
      [[loss, 'Condition.code', 'warning']],
    )
    assert.deepEqual((plainCopy(text) as Coded).code.extension, [
      { url: conversionLossExtension, valueCode: loss },
    ])
  }
  const other = convertRecord(
    condition('1').replace(snomed, 'urn:local') as CanonicalText,
    receiver,
    translate,
  )
  assert.deepEqual(
    other.losses.map((one) => one.code),
    ['conversion.no-map'],
  )
})

test('the receiver’s own judge repeats the loss, whatever its profile', () => {
  const { text } = convertRecord(condition('1201005'), receiver, translate)
  const found = createValidator().checkResource(plainCopy(text), 'r4', { text })
  assert.deepEqual(
    found.map(({ code, path, severity }) => [code, path, severity]),
    [['conversion.wider', 'Condition.code', 'warning']],
  )
})

test('a code the receiver accepts is left as it is, byte for byte', () => {
  const text = canonicalTextOf({
    resourceType: 'Condition',
    code: {
      coding: [
        { system: icd10, code: 'E11.9' },
        { system: snomed, code: '999' },
      ],
    },
  })
  assert.equal(convertRecord(text, receiver, translate).text, text)
})

test('a quantity is converted to the receiver’s unit and keeps its other bytes', () => {
  const text = read(
    '{"code":{"coding":[{"code":"8310-5","system":"http://loinc.org"}]},"resourceType":"Observation",' +
      '"valueQuantity":{"code":"[degF]","system":"http://unitsofmeasure.org","unit":"°F","value":97.70}}',
  )
  const { text: converted, losses } = convertRecord(text, receiver, translate)
  assert.match(converted, /"code":"Cel","system":"http:\/\/unitsofmeasure.org","unit":"Cel","value":36.50?\}/)
  assert.deepEqual(losses, [])
})

test('rounding and a unit that does not fit are said', () => {
  const quantity = (value: string, unit: string) =>
    read(
      `{"code":{"coding":[{"code":"8310-5","system":"http://loinc.org"}]},"resourceType":"Observation","valueQuantity":{"code":"${unit}","system":"http://unitsofmeasure.org","value":${value}}}`,
    )
  const codes = (text: CanonicalText) =>
    convertRecord(text, receiver, translate).losses.map((one) => one.code)
  assert.deepEqual(codes(quantity('98.3', '[degF]')), ['conversion.rounded'])
  assert.deepEqual(codes(quantity('5', 'mmol/L')), ['conversion.unit'])
  assert.deepEqual(codes(quantity('310.15', 'K')), [])
})

test('converting twice gives the same bytes, and what was converted is accepted as it is', () => {
  fc.assert(
    fc.property(fc.constantFrom('44054006', '1201005', '999', '5'), (code) => {
      const once = convertRecord(condition(code), receiver, translate)
      assert.equal(convertRecord(condition(code), receiver, translate).text, once.text)
      if (once.losses.length === 0)
        assert.equal(convertRecord(once.text, receiver, translate).text, once.text)
    }),
  )
})

function read(text: string): CanonicalText {
  const canonical = readCanonicalText(text)
  if (isRefusal(canonical)) throw new Error(canonical.code)
  return canonical
}
