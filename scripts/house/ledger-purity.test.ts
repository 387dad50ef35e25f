// CONSENSUS: the ledger sees no clock, randomness, locale, process or float; a machine says so.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isTest, sourceFiles } from './tree.ts'

const forbidden: readonly [name: string, form: RegExp][] = [
  ['Date', /\bDate\b(?!Time)/],
  ['Math.random and float functions', /\bMath\.(?!max\b|min\b)/],
  ['Intl and locale', /\bIntl\b|\.toLocale\w+|localeCompare/],
  ['process and globalThis', /\bprocess\b|\bglobalThis\b|\bBuffer\b/],
  ['timers', /\bset(?:Timeout|Interval|Immediate)\b|\bqueueMicrotask\b/],
  ['async', /\basync\b|\bawait\b|\bPromise\b/],
  ['float', /\bparseFloat\b|\b\d+\.\d+\b/],
  ['unordered or weak collections', /\bWeakMap\b|\bWeakSet\b|\bWeakRef\b|for \(const \w+ in /],
]

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'[^'\n]*'|`[^`]*`/g, '')

test('the ledger uses nothing that could make two nodes differ', () => {
  const wrong: string[] = []
  for (const file of sourceFiles()) {
    if (!file.path.startsWith('packages/ledger/src/') || isTest(file.path)) continue
    const code = withoutComments(file.text)
    for (const [name, form] of forbidden) if (form.test(code)) wrong.push(`${file.path}: ${name}`)
  }
  assert.deepEqual(wrong, [])
})
