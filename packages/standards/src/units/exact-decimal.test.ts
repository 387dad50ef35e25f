// Decimal arithmetic on text: what is exact stays exact, and zeros that were written stay.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  add,
  compareDecimals,
  type Decimal,
  divide,
  multiply,
  readDecimal,
  round,
  trim,
  writeDecimal,
} from './exact-decimal.ts'

const read = (text: string): Decimal => {
  const value = readDecimal(text)
  assert.ok(value, text)
  return value
}

test('a decimal is read and written digit by digit', () => {
  for (const text of ['0', '1.00', '-0.5', '123456789012345678901234567890.10', '0.000']) {
    assert.equal(writeDecimal(read(text)), text)
  }
  assert.equal(writeDecimal(read('1.5e3')), '1500')
  assert.equal(writeDecimal(read('1.5E-3')), '0.0015')
})

test('what is no JSON number is not read, nor an exponent that would fill the memory', () => {
  for (const text of ['', 'a', '1.', '.5', '1,5', '+1', '1e9999', '0x1', ' 1', 'Infinity', 'NaN'])
    assert.equal(readDecimal(text), undefined, text)
})

test('sums, products and comparisons are exact', () => {
  assert.equal(writeDecimal(add(read('0.1'), read('0.2'))), '0.3')
  assert.equal(writeDecimal(multiply(read('1.10'), read('1.1'))), '1.210')
  assert.equal(compareDecimals(read('30'), read('30.000')), 0)
  assert.equal(compareDecimals(read('45.00000000000000000001'), read('45')), 1)
  assert.equal(compareDecimals(read('-1'), read('0')), -1)
})

test('a quotient that ends is exact, one that does not is rounded half up', () => {
  const digits = { scale: 2, least: 0 }
  assert.equal(writeDecimal(divide(read('1'), 8n, digits)), '0.125')
  assert.equal(writeDecimal(divide(read('2'), 3n, digits)), '0.67')
  assert.equal(writeDecimal(divide(read('-2'), 3n, digits)), '-0.67')
  assert.equal(writeDecimal(divide(read('1'), 3n, digits)), '0.33')
  assert.equal(writeDecimal(round(read('0.125'), 2)), '0.13')
  assert.equal(writeDecimal(trim(read('1.5000'), 2)), '1.50')
})

const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat(12))
  .map(([digits, scale]): Decimal => ({ digits, scale }))

test('reading what was written gives the same number', () => {
  fc.assert(fc.property(decimals, (value) => assert.deepEqual(readDecimal(writeDecimal(value)), value)))
})

test('a quotient times its divisor is within half a unit of the last digit', () => {
  fc.assert(
    fc.property(decimals, fc.bigInt({ min: 1n, max: 10n ** 9n }), fc.nat(6), (value, divisor, scale) => {
      const quotient = divide(value, divisor, { scale, least: 0 })
      const back = multiply(quotient, { digits: divisor, scale: 0 })
      const off = add(back, { digits: -value.digits, scale: value.scale })
      const error = { digits: (off.digits < 0n ? -off.digits : off.digits) * 2n, scale: off.scale }
      assert.ok(compareDecimals(error, { digits: divisor, scale }) <= 0)
    }),
  )
})
