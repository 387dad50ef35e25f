/** HL7 v2 escape sequences (HL7 v2.8 §2.7). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { unescapeText } from './escapes.ts'
import type { Encoding } from './message.ts'

const usual: Encoding = {
  field: '|',
  component: '^',
  repetition: '~',
  escape: '\\',
  subcomponent: '&',
  charset: 'utf-8',
}

const cases: readonly [string, string, string][] = [
  ['the separators come back as themselves', 'a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f', 'a|b^c&d~e\\f'],
  ['hexadecimal bytes are read in the character set of the message', '\\XE5BCA0\\三\\X0D\\', '张三\r'],
  ['line commands become line feeds', 'one\\.br\\two\\.sp2\\three\\.ce\\four', 'one\ntwo\n\nthree\nfour'],
  ['indents and fill commands leave no trace', '\\.in+4\\\\.ti-2\\\\.nf\\text\\.fi\\', 'text'],
  ['highlighting leaves only its text', '\\H\\important\\N\\ text', 'important text'],
  ['what no standard defines stays as it came', '\\Zabc\\ \\C2842\\ \\M31\\', '\\Zabc\\ \\C2842\\ \\M31\\'],
  ['half a hexadecimal byte stays as it came', '\\X4\\ \\XZZ\\', '\\X4\\ \\XZZ\\'],
  ['a lone escape character stays', 'C:\\temp', 'C:\\temp'],
  ['a lone escape character does not hide a sequence after it', 'a\\b\\F\\c', 'a\\b|c'],
]

for (const [claim, source, expected] of cases) {
  test(claim, () => assert.equal(unescapeText(source, usual), expected))
}

test('without an escape character nothing is an escape', () => {
  assert.equal(unescapeText('a\\F\\b', { ...usual, escape: '' }), 'a\\F\\b')
})

test('any text unescapes to a text, in time that grows with its length', () => {
  const pieces = fc.constantFrom('\\', 'F', 'X', '4', '1', '.br', '.sp99', 'H', ' ', '张')
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 400 }), (parts) => {
      assert.equal(typeof unescapeText(parts.join(''), usual), 'string')
    }),
  )
  const long = '\\'.repeat(200_000)
  assert.equal(unescapeText(long, usual).length, long.length)
})
