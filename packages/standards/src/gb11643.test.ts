// GB 11643-1999: the golden numbers, each problem by itself, and the old 15-digit form.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkIdNumber, upgrade15 } from './gb11643.ts'

/** The 18th character for any 17 digits, worked out from ISO 7064 MOD 11-2 another way. */
const withCheck = (seventeen: string): string => {
  let product = 0
  for (const digit of seventeen) product = ((product + Number(digit)) * 2) % 11
  const check = (12 - product) % 11
  return seventeen + (check === 10 ? 'X' : String(check))
}

test('golden numbers: two good, one bad', () => {
  assert.deepEqual(checkIdNumber('11010519491231002X'), {
    problems: [],
    normalised: '11010519491231002X',
    birthDate: '1949-12-31',
    sex: 'female',
    region: '110105',
  })
  assert.deepEqual(checkIdNumber('440524188001010014').problems, [])
  assert.deepEqual(checkIdNumber('110105194912310021').problems, ['check-character'])
})

test('a small x and blanks around are accepted', () => {
  assert.deepEqual(checkIdNumber(' 11010519491231002x ').problems, [])
})

test('each problem is told by itself', () => {
  const problems = (number: string, today?: string) => checkIdNumber(number, today).problems
  for (const number of [
    '',
    '1',
    '1101051949123100',
    'A10105194912310021',
    '11010519491231002XX',
    '１１０１０５',
  ])
    assert.deepEqual(problems(number), ['form'], number)
  assert.deepEqual(problems(withCheck('11010519490230002')), ['birth-date'])
  assert.deepEqual(problems(withCheck('11010517490101002')), ['birth-date'])
  assert.deepEqual(problems(withCheck('00010519491231002')), ['region'])
  assert.deepEqual(problems(withCheck('11010520300101002'), '2026-01-01'), ['future'])
  assert.deepEqual(problems(withCheck('11010520300101002')), [])
})

test("a foreigner's permanent residence number has its province after the 9", () => {
  assert.deepEqual(checkIdNumber(withCheck('93184019900101001')).problems, [])
  assert.deepEqual(checkIdNumber(withCheck('90084019900101001')).problems, ['region'])
})

test('a 15-digit number is upgraded into the last century', () => {
  assert.equal(upgrade15('110105491231002'), '11010519491231002X')
  assert.equal(upgrade15('11010549123100'), undefined)
  assert.equal(upgrade15('11010549123100X'), undefined)
  assert.equal(checkIdNumber('110105491231002').normalised, '11010519491231002X')
})

test('one wrong digit or two neighbours exchanged never pass', () => {
  const digits = fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: 17, maxLength: 17 })
    .map((d) => d.join(''))
  fc.assert(
    fc.property(digits, fc.nat(16), fc.integer({ min: 1, max: 9 }), (seventeen, at, by) => {
      const good = withCheck(seventeen)
      assert.ok(!checkIdNumber(good).problems.includes('check-character'))
      const changed = String((Number(good[at]) + by) % 10)
      const typo = good.slice(0, at) + changed + good.slice(at + 1)
      assert.ok(checkIdNumber(typo).problems.includes('check-character'))
      const swapped = good.slice(0, at) + (good[at + 1] ?? '') + (good[at] ?? '') + good.slice(at + 2)
      if (at < 16 && swapped !== good) assert.ok(checkIdNumber(swapped).problems.includes('check-character'))
    }),
  )
})
