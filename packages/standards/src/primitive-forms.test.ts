// FHIR R4's primitive forms, by HL7's regular expressions and by Google's table of valid and invalid lines.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { isPrimitive } from './primitive-forms.ts'
import { createValidator } from './validator.ts'

const folder = new URL('../../../../shared/data/03-fhir/google-primitive-validity/', import.meta.url)
const skip = existsSync(folder) ? false : '../shared/data/03-fhir/google-primitive-validity is absent'

/** `date_time` to `dateTime`. */
const typeOf = (file: string) =>
  (file.split('.')[0] ?? '').replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

/** Whether one line is a valid value; a line that is no JSON is none, and numbers keep their source text. */
function verdict(type: string, line: string): boolean {
  let source: string | undefined
  let value: unknown
  try {
    value = JSON.parse(line, (_, item, context?: { source?: string }) => {
      source = context?.source
      return item
    })
  } catch {
    return false
  }
  if (type !== 'reference') return isPrimitive(type, value, typeof value === 'number' ? source : undefined)
  const flag = {
    resourceType: 'Flag',
    status: 'active',
    code: { text: 'x' },
    subject: { reference: 'Patient/1' },
  }
  const findings = createValidator().checkResource({ ...flag, encounter: value }, 'r4')
  // Where it leads is not the question here: only the form and the members of the Reference.
  return findings.every((f) => f.code === 'r4.reference-type' || f.code === 'r4.invariant')
}

test("every line of Google's primitive validity files gets its verdict", { skip }, () => {
  const wrong: string[] = []
  let lines = 0
  for (const file of readdirSync(folder)) {
    const expected = file.includes('.valid.')
    for (const line of readFileSync(new URL(file, folder), 'utf8').split('\n')) {
      if (line.trim() === '') continue
      lines += 1
      if (verdict(typeOf(file), line) !== expected) wrong.push(`${file}: ${line}`)
    }
  }
  assert.deepEqual(wrong, [])
  assert.ok(lines > 130, `${lines} lines`)
})

const table: Readonly<Record<string, { valid: readonly unknown[]; invalid: readonly unknown[] }>> = {
  date: {
    valid: ['2024', '2024-02', '2024-02-29', '1900-12-31', '9999-12-31'],
    invalid: [
      '0000',
      '2024-13',
      '2023-02-29',
      '2024-04-31',
      '2024-1-1',
      '20240101',
      '2024-02-29T00:00:00Z',
      2024,
      '',
    ],
  },
  dateTime: {
    valid: ['2024', '2024-05-31T08:30:00+08:00', '2024-05-31T08:30:00.123Z', '2016-12-31T23:59:60Z'],
    invalid: [
      '2024-05-31T08:30+08:00',
      '2024-05-31T24:00:00Z',
      '2024-05-31T08:30:00',
      '2024-05-31T08:30:00+15:00',
    ],
  },
  instant: {
    valid: ['2024-05-31T08:30:00+08:00'],
    invalid: ['2024-05-31', '2024-05-31T08:30:00', '2023-02-30T00:00:00Z'],
  },
  time: { valid: ['08:30:00', '23:59:59.9'], invalid: ['08:30', '24:00:00', '8:30:00'] },
  integer: { valid: [0, -5, 2147483647, -2147483648], invalid: [2147483648, 1.5, '1', true] },
  positiveInt: { valid: [1], invalid: [0, -1] },
  unsignedInt: { valid: [0, 7], invalid: [-1] },
  decimal: { valid: [0, -1.5, 1e10], invalid: [Number.POSITIVE_INFINITY, '1.0', Number.NaN] },
  boolean: { valid: [true, false], invalid: ['true', 1] },
  string: { valid: ['张三', ' a ', 'a\tb\nc'], invalid: ['', 'a\u0000b', 'x'.repeat(1_048_577)] },
  code: { valid: ['final', 'a b'], invalid: ['', ' a', 'a ', 'a  b'] },
  id: { valid: ['a-1.B', 'x'.repeat(64)], invalid: ['', 'a_b', 'x'.repeat(65), '编号'] },
  oid: { valid: ['urn:oid:1.2.156'], invalid: ['1.2.156', 'urn:oid:3.1', 'urn:oid:1.02'] },
  uri: { valid: ['urn:a', '编号'], invalid: ['', 'a b'] },
  base64Binary: {
    valid: ['QUJD', 'QUI=', 'QQ==', 'QUJD\nQUJD'],
    invalid: ['QUJ', 'QQ=', '=QQQ', 'Q-_A', ''],
  },
}

for (const [type, { valid, invalid }] of Object.entries(table)) {
  test(`R4 ${type}: what it allows and what it does not`, () => {
    for (const value of valid)
      assert.ok(isPrimitive(type, value), `${String(value).slice(0, 40)} is a ${type}`)
    for (const value of invalid)
      assert.ok(!isPrimitive(type, value), `${String(value).slice(0, 40)} is no ${type}`)
  })
}

test('an integer written 1.0 or 1e0 is none when its source text is known', () => {
  assert.ok(isPrimitive('integer', 1))
  assert.ok(!isPrimitive('integer', 1, '1.0'))
  assert.ok(!isPrimitive('positiveInt', 1, '1e0'))
  assert.ok(isPrimitive('decimal', 1, '1.0'))
})

test('a type that is no primitive has no valid value', () => {
  for (const type of ['HumanName', 'toString', '__proto__', '']) {
    assert.ok(!isPrimitive(type, 'x'), type)
    assert.ok(!isPrimitive(type, null), type)
  }
})

test('no form takes long on a long text', () => {
  const hostile = [' ', 'a', 'a ', '=', '\n', '0', '1.', 'urn:oid:1.1', '-'].map((part) =>
    part.repeat(200_000),
  )
  const started = performance.now()
  for (const type of Object.keys(table)) for (const text of hostile) isPrimitive(type, `${text}&`)
  assert.ok(performance.now() - started < 5_000)
})

test('a calendar day that Date knows is a date, and no other', () => {
  const part = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'))
  fc.assert(
    fc.property(fc.integer({ min: 1000, max: 2999 }), part(14), part(33), (year, month, day) => {
      const text = `${year}-${month}-${day}`
      const parsed = new Date(`${text}T00:00:00Z`)
      const exists = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text)
      assert.equal(isPrimitive('date', text), exists)
    }),
  )
})
