// UCUM's own functional tests: validity of codes and conversions.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { readShipped } from '../data-files.ts'
import { convertDecimal } from './convert.ts'
import { isUcum } from './ucum.ts'
import { ucumUnit } from './unit-spellings.ts'

const file = new URL(
  '../../../../../shared/data/09-terminology/ucum/UcumFunctionalTests.xml',
  import.meta.url,
)
const skip = existsSync(file) ? false : '../shared/data/09-terminology/ucum is absent'
const attribute = (tag: string, name: string): string =>
  (new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '').replaceAll('&lt;', '<').replaceAll('&quot;', '"')

const casesOf = (section: string): string[] => {
  const text = readFileSync(file, 'utf8').replace(/<!--[\s\S]*?-->/g, '')
  const body = new RegExp(`<${section}>([\\s\\S]*?)</${section}>`).exec(text)?.[1] ?? ''
  return body.match(/<case [^>]*>/g) ?? []
}

test("codes are valid or not as UCUM's functional tests say", { skip }, () => {
  const wrong = casesOf('validation')
    .filter((tag) => attribute(tag, 'unit') !== '')
    .filter((tag) => isUcum(attribute(tag, 'unit')) !== (attribute(tag, 'valid') === 'true'))
    .map((tag) => attribute(tag, 'unit'))
  assert.deepEqual(wrong, [])
})

test("conversions give what UCUM's functional tests say, to three digits", { skip }, () => {
  const wrong: string[] = []
  let converted = 0
  for (const tag of casesOf('conversion')) {
    const outcome = attribute(tag, 'outcome')
    const got = convertDecimal(attribute(tag, 'value'), attribute(tag, 'srcUnit'), attribute(tag, 'dstUnit'))
    const expected = Number(outcome)
    // Our values keep the digits they came with and two more; UCUM's cases have up to twenty.
    const halfOfLastDigit = outcome.includes('e') ? 0 : 0.5 / 10 ** (outcome.split('.')[1]?.length ?? 0)
    const tolerance = Math.max(Math.abs(expected) * 0.005, halfOfLastDigit)
    converted += 1
    if (got === undefined || Math.abs(Number(got) - expected) > tolerance)
      wrong.push(`${tag}: ${String(got)}`)
  }
  assert.deepEqual(wrong, [])
  assert.ok(converted > 20, `${converted} conversions`)
})

test('every code in the table of spellings is UCUM, and no spelling is there twice', () => {
  const { exact, anyCase } = readShipped(
    'meridian.concept-map.unit-spellings',
    'unit-spellings.json',
  ) as unknown as {
    exact: Record<string, string | null>
    anyCase: Record<string, string>
  }
  for (const [spelling, code] of [...Object.entries(exact), ...Object.entries(anyCase)])
    if (code !== null) assert.ok(isUcum(code), `${spelling}: ${code}`)
  for (const spelling of Object.keys(anyCase)) assert.equal(spelling, spelling.toLowerCase())
  for (const [spelling, code] of Object.entries(exact))
    assert.equal(ucumUnit(spelling), code ?? undefined, spelling)
})

test('no text makes the library speak, and names that every object has are no codes', (t) => {
  const said: unknown[] = []
  t.mock.method(console, 'log', (...words: unknown[]) => said.push(words))
  const piece = fc.constantFrom(
    'm',
    'g',
    '/',
    '.',
    '(',
    ')',
    '{a}',
    '{',
    '}',
    '|',
    '1',
    '2',
    '-',
    '+',
    '[',
    ']',
    '[iU]',
    '10*',
    '^',
    '%',
    "'",
  )
  const text = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(''))
  fc.assert(
    fc.property(fc.oneof(text, fc.string()), (unit) => {
      assert.equal(typeof isUcum(unit), 'boolean')
    }),
    { numRuns: 2_000 },
  )
  for (const name of ['constructor', '__proto__', 'toString', 'valueOf.g', '{|}1', '{a}{b}'])
    assert.ok(!isUcum(name), name)
  assert.deepEqual(said, [])
})
