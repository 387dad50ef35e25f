// Data elements: the notation, the paths both ways, and every shipped element's sample that passes and sample that fails.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readShipped, shippedArtefactIds } from '../data-files.ts'
import type { Finding } from '../finding.ts'
import { createValidator } from '../validator.ts'
import { checkElementText, checkFhirValue } from './check-value.ts'
import type { DataSet } from './data-element.ts'
import { compilePath, readPath, writePath } from './element-path.ts'
import { viewElements, writeElements } from './element-view.ts'
import { matchesFormat, parseFormat } from './format-notation.ts'
import { applyOverlay, overlaid } from './overlay.ts'
import { parsePath } from './parse-path.ts'
import { catalogueOf, dataSetOf, fhirTypes, type ReadCatalogue } from './read-catalogue.ts'

const json = readShipped
const { compiled } = catalogueOf(json('meridian.elements.core', 'elements.json')) as ReadCatalogue

const formats: readonly [string, readonly string[], readonly string[]][] = [
  ['A..50', ['张建国', 'O’Neill'], ['', '张2', 'x'.repeat(51)]],
  ['AN..18', ['11010519491231002X'], ['', '1'.repeat(19), 'a\u0000']],
  ['AN10', ['1234567890', '中文中文中文中文中文'], ['123456789', '12345678901']],
  ['N1', ['0', '9'], ['', '10', 'x']],
  ['N1..3', ['1', '150'], ['1000', '1.5']],
  ['N..6,2', ['1234.56', '1', '-3.5'], ['12345.67', '1.234', '.5', '1e3']],
  ['D8', ['20240229'], ['20230229', '2024-02-29', '20241301']],
  ['DT15', ['20240531T083000'], ['20240531', '20240531T250000', '20240531T0830']],
  ['T6', ['235959'], ['240000', '2359']],
  ['L', ['true', 'false'], ['T', '1']],
  ['BY', ['QUJD', 'QQ=='], ['', 'QQ=', '%%%%']],
]

test('WS/T 303 notation: each form takes what it means and refuses the rest', () => {
  for (const [notation, good, bad] of formats) {
    const format = parseFormat(notation)
    assert.ok(format, notation)
    for (const value of good) assert.ok(matchesFormat(format, value), `${notation} ${value}`)
    for (const value of bad) assert.ok(!matchesFormat(format, value), `${notation} ${value}`)
  }
})

test('what is no notation is none', () => {
  for (const text of [
    '',
    'A',
    'N',
    'A..0',
    'N3..1',
    'N..2,2',
    'A..5,2',
    'D7',
    'DT',
    'X5',
    'AN..',
    'N1..3..5',
  ])
    assert.equal(parseFormat(text), undefined, text)
})

test('a number keeps to N..m,d exactly when its digits do', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 8 }), (number, max) => {
      const text = String(number)
      const format = parseFormat(`N..${max}`)
      assert.ok(format)
      assert.equal(matchesFormat(format, text), text.length <= max)
    }),
  )
})

test('a text of characters outside the basic plane is counted by characters', () => {
  const format = parseFormat('A3')
  assert.ok(format && matchesFormat(format, '𠮷𠮷𠮷') && !matchesFormat(format, '𠮷𠮷𠮷𠮷'))
})

test('any text at the readers of notations and paths ends in a value, never a throw', () => {
  const words = fc.constantFrom(
    'Patient',
    '.',
    'where',
    '(',
    ')',
    'name',
    '=',
    "'a'",
    'and',
    'exists',
    'extension',
    'ofType',
    ' ',
  )
  const path = fc.oneof(
    fc.string(),
    fc.array(words, { maxLength: 40 }).map((list) => list.join('')),
  )
  fc.assert(
    fc.property(path, fc.jsonValue(), (text, value) => {
      parseFormat(text)
      parsePath(text)
      const found = compilePath(text, fhirTypes())
      if (found !== undefined) readPath(found, value)
    }),
    { numRuns: 2000 },
  )
})

test('there are elements of every data set, and no made-up number: DE ids only in the form of the catalogue', () => {
  assert.ok(compiled.size > 90)
  for (const id of compiled.keys()) assert.match(id, /^(DE\d\d\.\d\d\.\d{3}\.\d\d|MER\.[A-Z0-9.-]+)$/)
})

for (const [id, element] of compiled) {
  const { sample } = element.element
  assert.ok(sample, id)
  test(`${id}: its sample passes, comes back out of FHIR, and its failing sample is refused`, () => {
    assert.equal(checkElementText(element, sample.ok, 'x'), undefined)
    const refused = checkElementText(element, sample.failing, 'x')
    assert.equal(refused?.severity, 'error')
    assert.deepEqual(refused?.element, { id, standard: element.element.standard })
    if (element.path === undefined) return
    const records = writeElements([{ id, value: sample.ok }], compiled)
    assert.equal(records.length, 1)
    const [found] = readPath(element.path, records[0])
    assert.equal(checkFhirValue(element, found?.value, 'x'), undefined)
    assert.deepEqual(
      viewElements(records, [element]).map(({ value }) => value),
      [sample.ok],
    )
    assert.deepEqual(structureFaults(records[0]), [])
  })
}

/** What R4 says of a written record, apart from the mandatory elements that one data element does not bring. */
function structureFaults(record: unknown): string[] {
  const incomplete = new Set(['r4.missing-element', 'r4.invariant', 'r4.code-missing'])
  return createValidatorOnce()
    .checkResource(record, 'r4')
    .filter(({ code }: Finding) => !incomplete.has(code))
    .map(({ code, path }: Finding) => `${code} ${path}`)
}

let validator: ReturnType<typeof createValidator> | undefined
function createValidatorOnce() {
  validator ??= createValidator()
  return validator
}

const sets = shippedArtefactIds().filter((id) => id.startsWith('meridian.dataset.'))

test('twelve data sets and the Sichuan overlay name known elements, each with the three of the ledger', () => {
  assert.equal(sets.length, 13)
  for (const id of sets) {
    const set = dataSetOf(json(id, 'data-set.json')) as DataSet
    assert.equal(set.id, id)
    for (const element of set.elements) assert.ok(compiled.has(element.id), `${id} ${element.id}`)
    if (set.overlays !== undefined) continue
    const ids = set.elements.map((element) => element.id)
    for (const ledger of ['TIME', 'HASH', 'NODE']) assert.ok(ids.includes(`MER.LEDGER.${ledger}`), id)
  }
})

test('Sichuan writes TNM as AN..70 where the nation has N1', () => {
  const front = dataSetOf(json('meridian.dataset.inpatient-front-page', 'data-set.json')) as DataSet
  const sichuan = dataSetOf(json('meridian.dataset.inpatient-front-page.sichuan', 'data-set.json')) as DataSet
  const check = (set: DataSet) => {
    const element = applyOverlay(set, compiled).get('MER.FRONTPAGE.TNM')
    return element && checkElementText(element, 'T2N0M0', 'x')?.code
  }
  assert.equal(check(front), 'element.format')
  assert.equal(check(overlaid(front, sichuan)), undefined)
})

test('the ledger adds its three elements to a view', () => {
  const ledger = { time: '20240531T083001', hash: 'a'.repeat(64), node: 'ziwu-hospital' }
  const view = viewElements([{ resourceType: 'Patient', gender: 'male' }], compiled.values(), ledger)
  assert.deepEqual(
    view.map(({ id, value }) => [id, value]),
    [
      ['DE02.01.040.00', '1'],
      ['MER.LEDGER.TIME', ledger.time],
      ['MER.LEDGER.HASH', ledger.hash],
      ['MER.LEDGER.NODE', ledger.node],
    ],
  )
})

test('a Quantity is said in the unit of the element: 97.7 degF is 36.5 Cel', () => {
  const temperature = compiled.get('MER.VITAL.TEMPERATURE')
  assert.ok(temperature)
  assert.equal(checkFhirValue(temperature, { value: 97.7, code: '[degF]' }, 'x'), undefined)
  assert.equal(checkFhirValue(temperature, { value: 36.5 }, 'x')?.code, 'element.unit')
  assert.equal(checkFhirValue(temperature, { value: 45.1, unit: '℃' }, 'x')?.code, 'element.range')
})

test('writing twice at filtered paths builds one element, not two', () => {
  const path = (text: string) => {
    const found = compilePath(text, fhirTypes())
    assert.ok(found)
    return found
  }
  const phone = path("Patient.telecom.where(system='phone').value")
  const once = writePath(phone, '1')
  assert.deepEqual(writePath(phone, '2', once), {
    resourceType: 'Patient',
    telecom: [{ system: 'phone', value: '2' }],
  })
})
