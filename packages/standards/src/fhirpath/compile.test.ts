// FHIRPath on plain JSON: choice elements, primitives with extensions only, three-valued logic, dates of unequal precision.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expressionOf } from '../r4/generate/build-rules.ts'
import { compileTest } from './compile.ts'

const choices = new Map([
  ['valueString', 'value'],
  ['valueQuantity', 'value'],
])
const run = (source: string, item: unknown): boolean | undefined =>
  compileTest(expressionOf(source), choices)(item, { resource: item, root: item })

const cases: readonly [source: string, item: unknown, expected: boolean | undefined][] = [
  ['value.exists()', { valueString: 'a' }, true],
  ['value.exists()', { valueSet: 'a' }, false],
  ['value.exists()', { _valueString: { extension: [] } }, true],
  ['value.hasValue()', { _valueString: { extension: [] } }, false],
  ['given.count() = 2', { given: [null, 'a'], _given: [{ id: 'x' }, null] }, true],
  ['a = 1', {}, undefined],
  ['a != 1', {}, undefined],
  ['a = 1 or b = 2', { b: 2 }, true],
  ['a = 1 or b = 2', { b: 3 }, undefined],
  ['a = 1 and b = 2', { b: 3 }, false],
  ['a = 1 and b = 2', { b: 2 }, undefined],
  ['a = 1 implies b = 2', { b: 2 }, true],
  ['a = 1 implies b = 2', { a: 1, b: 3 }, false],
  ['(a = 1).not()', {}, undefined],
  ['a.exists() xor b.exists()', { a: 1 }, true],
  ['a.exists() xor b.exists()', { a: 1, b: 1 }, false],
  ['start <= end', { start: '2024-01-01', end: '2024-01-02' }, true],
  ['start <= end', { start: '2024-01-03', end: '2024-01-02' }, false],
  ['start <= end', { start: '2024-01-02T10:00:00+08:00', end: '2024-01-02T01:00:00Z' }, false],
  ['start <= end', { start: '2024-01-02', end: '2024-01' }, undefined],
  ['start <= end', { start: '2024-02', end: '2024-01-15' }, false],
  ['low <= high', { low: { value: 1, code: 'g' }, high: { value: 2, code: 'g' } }, true],
  ['low <= high', { low: { value: 1, code: 'g' }, high: { value: 2, code: 'kg' } }, undefined],
  ["a in ('x' | 'y')", { a: 'y' }, true],
  ["a in ('x' | 'y')", { a: 'z' }, false],
  ["('x' | 'y') contains a", { a: 'y' }, true],
  ['item.all(x = 1)', { item: [{ x: 1 }, { x: 2 }] }, false],
  ['item.all(x = 1)', {}, true],
  ['item.where(x = 1).empty()', { item: [{ x: 1 }] }, false],
  ['item.select(x).isDistinct()', { item: [{ x: 1 }, { x: 1 }] }, false],
  ['descendants().x.isDistinct()', { item: [{ x: 1, item: [{ x: 1 }] }] }, false],
  ["a.substring(1) = 'b'", { a: 'ab' }, true],
  ["a.matches('^[a-z]+$')", { a: 'ab1' }, false],
  ["a.replaceMatches('b', 'c') = 'acac'", { a: 'abab' }, true],
  ["'#' + a = '#x'", { a: 'x' }, true],
  ["(a & b) = 'x'", { a: 'x' }, true],
  ['a.toInteger() = 5', { a: '5' }, true],
  ["a.toString().contains('.')", { a: 1.5 }, true],
  ['(a as decimal) <= 100', { a: 101 }, false],
  ['a is Boolean', { a: true }, true],
  ['a.first().resource.is(Composition)', { a: [{ resource: { resourceType: 'Composition' } }] }, true],
  ["Appointment.a = 'x'", { resourceType: 'Appointment', a: 'x' }, true],
  [
    'member.resolve().ofType(Practitioner).exists()',
    { member: { reference: '#p' }, contained: [{ resourceType: 'Practitioner', id: 'p' }] },
    true,
  ],
  ['iif(a.exists(), b, c) = 1', { a: 1, b: 1, c: 2 }, true],
  ['g.all(%context.list contains $this)', { g: [1, 2], list: [1] }, false],
  ['%resource.a.exists()', { a: 1 }, true],
  ['a.b.combine($this.c).isDistinct()', { a: [{ b: 1 }], c: 1 }, false],
  ['a.b.startsWith($this.c)', { a: { b: 'xy' }, c: 'x' }, true],
  [
    'code.coding.intersect(other.coding).exists()',
    { code: { coding: [{ code: 'a' }] }, other: { coding: [{ code: 'a' }] } },
    true,
  ],
]

for (const [source, item, expected] of cases) {
  test(`${source} of ${JSON.stringify(item)} is ${String(expected)}`, () => {
    assert.equal(run(source, item), expected)
  })
}

test('a function that is not in the table is refused when compiled, not when run', () => {
  assert.throws(() => run('a.memberOf(1)', {}), /memberOf/)
})
