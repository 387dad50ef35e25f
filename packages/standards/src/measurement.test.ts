// Measured values as hospitals write them; the golden temperatures; where a unit may come from.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isFinding } from './finding.ts'
import {
  readMeasurement,
  readMeasurementIn,
  toCanonicalUnit,
  type UnitSources,
  ucumUnit,
} from './measurement.ts'

const read = (text: string, sources?: UnitSources | string) => {
  const result = readMeasurement(text, sources)
  return isFinding(result) ? result.code : `${result.comparator ?? ''}${result.value} ${result.unit}`
}
const celsius = (text: string) => {
  const result = readMeasurementIn('Cel', text)
  return isFinding(result) ? result.code : result.value
}

test('golden temperatures: 36.5 has no unit, 36.5℃ and 97.7 °F are 36.5 Cel exactly, 113 °F is 45', () => {
  assert.equal(celsius('36.5'), 'unit.missing')
  assert.equal(celsius('36.5℃'), '36.5')
  assert.equal(celsius('97.7 °F'), '36.5')
  assert.equal(celsius('113 °F'), '45')
  assert.equal(celsius('98.6℉'), '37.0')
  assert.equal(celsius('100 °F'), '37.78')
  assert.equal(celsius('310.15 K'), '37.00')
  assert.equal(celsius('36.5 kg'), 'unit.not-convertible')
})

const spellings: readonly [written: string, expected: string][] = [
  ['36,5 ℃', '36.5 Cel'],
  ['36.5°C', '36.5 Cel'],
  ['36.5摄氏度', '36.5 Cel'],
  ['３６．５℃', '36.5 Cel'],
  ['80次/分', '80 /min'],
  ['80 次/min', '80 /min'],
  ['120 mmHg', '120 mm[Hg]'],
  ['4.50×10^9/L', '4.50 10*9/L'],
  ['4.5 x10^9/L', '4.5 10*9/L'],
  ['4.5 ×10⁹/L', '4.5 10*9/L'],
  ['4.5 10*9/L', '4.5 10*9/L'],
  ['4.5 *10^12/L', '4.5 10*12/L'],
  ['62 umol/L', '62 umol/L'],
  ['62 μmol/L', '62 umol/L'],
  ['62 µmol/L', '62 umol/L'],
  ['35 U/L', '35 U/L'],
  ['35 u/l', '35 U/L'],
  ['35 IU/L', '35 [iU]/L'],
  ['<0.05 IU/mL', '<0.05 [iU]/mL'],
  ['132 g/L', '132 g/L'],
  ['5.1 Mg/dL', '5.1 mg/dL'],
  ['5.1 mg / dl', '5.1 mg/dL'],
  ['45 %', '45 %'],
  ['45％', '45 %'],
  ['≥90 mL/min/1.73m²', '>=90 mL/min/{1.73_m2}'],
  ['＜0.1 ng/mL', '<0.1 ng/mL'],
  ['≤ 5 /HPF', '<=5 /[HPF]'],
  ['-3.5 mmol/L', '-3.5 mmol/L'],
  ['+3.5 mmol/L', '3.5 mmol/L'],
  ['007.50 mmol/L', '7.50 mmol/L'],
  ['12,345.6 g/L', '12345.6 g/L'],
  ['1.234,5 g/L', '1234.5 g/L'],
  ['1e3 g/L', '1e3 g/L'],
  ['1,234 g/L', 'unit.ambiguous-number'],
  ['1,2,3 g/L', 'unit.not-a-number'],
  ['阴性', 'unit.not-a-number'],
  ['', 'unit.not-a-number'],
  ['>', 'unit.not-a-number'],
  ['120/80 mmHg', 'unit.unknown'],
  ['5.6 foo', 'unit.unknown'],
  ['5.6 G/L', 'unit.unknown'],
]

for (const [written, expected] of spellings) {
  test(`"${written}" is read as ${expected}`, () => assert.equal(read(written), expected))
}

test('a unit comes from the value, then the field, then the mapping, then 1 for what has no dimension', () => {
  const all = { field: 'g/L', mapping: 'g/dL', dimensionless: true }
  assert.equal(read('5 mmol/L', all), '5 mmol/L')
  assert.equal(read('5', all), '5 g/L')
  assert.equal(read('5', { ...all, field: ' ' }), '5 g/dL')
  assert.equal(read('5', { dimensionless: true }), '5 1')
  assert.equal(read('5', 'g/L'), '5 g/L')
  assert.equal(read('5', 'foo'), 'unit.unknown')
  assert.equal(read('5', {}), 'unit.missing')
})

test('a refusal names the place it was told, and never the value', () => {
  const finding = readMeasurement('四十二 kg', { path: 'OBX-5' })
  assert.ok(isFinding(finding))
  assert.equal(finding.path, 'OBX-5')
  assert.ok(!JSON.stringify(finding).includes('四十二'))
})

const conversions: readonly [value: string, from: string, to: string, expected: string | undefined][] = [
  ['90', 'mg/dL', 'g/L', '0.90'],
  ['5.60', 'mg/dL', 'g/L', '0.0560'],
  ['5.50', 'mmol/L', 'umol/L', '5500'],
  ['13.2', 'g/dL', 'g/L', '132'],
  ['1', '[in_i]', 'cm', '2.54'],
  ['90', 's', 'min', '1.5'],
  ['10', 'd', 'wk', '1.429'],
  ['2', 'a', 'd', '730.5'],
  ['37.0', 'Cel', '[degF]', '98.6'],
  ['37', 'Cel', 'K', '310.15'],
  ['-40', 'Cel', '[degF]', '-40'],
  ['7.2', '10*3/uL', '10*9/L', '7.2'],
  ['1.00', 'g/L', 'g/L', '1.00'],
  ['1', 'mg', 'mL', undefined],
  ['1', 'mg/dL', 'mmol/L', undefined],
  ['1', 'foo', 'g', undefined],
]

for (const [value, from, to, expected] of conversions) {
  test(`${value} ${from} is ${expected ?? 'nothing'} in ${to}`, () => {
    const result = toCanonicalUnit({ value, unit: from }, to)
    assert.equal(isFinding(result) ? undefined : result.value, expected)
  })
}

test('a conversion there and back gives the number again, for temperatures and powers of ten', () => {
  const tenths = fc.integer({ min: -500, max: 5000 }).map((n) => (n / 10).toFixed(1))
  const there = (value: string, from: string, to: string): string => {
    const result = toCanonicalUnit({ value, unit: from }, to)
    assert.ok(!isFinding(result))
    return result.value
  }
  fc.assert(
    fc.property(tenths, (value) => {
      assert.equal(Number(there(there(value, 'Cel', '[degF]'), '[degF]', 'Cel')), Number(value))
      assert.equal(Number(there(there(value, 'g/L', 'mg/dL'), 'mg/dL', 'g/L')), Number(value))
    }),
  )
})

test('any text is answered with a measurement in a UCUM unit or a finding', () => {
  const piece = fc.constantFrom(
    '1',
    '2,5',
    '.',
    ',',
    ' ',
    'g',
    '/',
    'L',
    '×10^',
    '⁹',
    '<',
    '℃',
    '次',
    'm',
    'e',
    '-',
    '{',
    '(',
    '%',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece, { maxLength: 12 }).map((p) => p.join('')),
      ),
      (text) => {
        const result = readMeasurement(text)
        if (isFinding(result)) return
        assert.ok(Number.isFinite(Number(result.value)) && JSON.parse(result.value) === Number(result.value))
        assert.equal(typeof result.unit, 'string')
      },
    ),
    { numRuns: 500 },
  )
  const started = performance.now()
  for (const part of ['1', '1,', '1.', ' ', '(', '{', 'm.', '⁹', '/'])
    readMeasurement(`5 ${part.repeat(100_000)}`)
  assert.ok(performance.now() - started < 3_000)
})

test('names that every object has are no units', () => {
  for (const name of ['constructor', '__proto__', 'toString']) assert.equal(ucumUnit(name), undefined)
})
