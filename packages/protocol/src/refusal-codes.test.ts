/** Tests of the refusal table (spec 6): numbers, ranges, languages. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefusal, refusalText, refuse } from './refusal.ts'
import { refusalCodes, refusalNumber } from './refusal-codes.ts'

test('spec 6: every number and code is there once, in ascending order', () => {
  const numbers = refusalCodes.map(({ number }) => number)
  assert.deepEqual(
    numbers,
    [...new Set(numbers)].sort((a, b) => a - b),
  )
  assert.equal(new Set(refusalCodes.map(({ code }) => code)).size, refusalCodes.length)
})

const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  cbor: [101, 109],
  statement: [110, 199],
  membership: [200, 299],
  evidence: [300, 399],
  registry: [400, 489],
  engine: [490, 499],
  text: [600, 699],
  governance: [800, 899],
}

test('spec 6: a code lies in the range of its subject', () => {
  for (const { code, number } of refusalCodes) {
    assert.match(code, /^[a-z-]+\.[a-z0-9-]+$/)
    const [first, last] = RANGES[code.split('.')[0] as string] ?? [500, 799]
    assert.ok(number >= first && number <= last, code)
  }
})

test('every refusal speaks Chinese and English, of the same details', () => {
  const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
  for (const { code, en, zh } of refusalCodes) {
    assert.match(zh, /\p{Script=Han}/u, code)
    assert.match(en, /^[\x20-\x7e§]+$/, code)
    assert.deepEqual(placeholders(zh), placeholders(en), code)
  }
})

test('a refusal is a value with its text filled in', () => {
  const refusal = refuse('protocol', 'text.syntax', { line: 3, column: 7 })
  assert.ok(isRefusal(refusal))
  assert.ok(Object.isFrozen(refusal))
  assert.match(refusalText(refusal).en, /line 3, column 7/)
  assert.match(refusalText(refusal).zh, /第 3 行第 7 列/)
  assert.equal(refusalNumber(refusal.code), 602)
  for (const other of [undefined, null, 1, {}, { refused: false }]) assert.ok(!isRefusal(other))
})
