// The catalogue speaks both languages, says nothing it cannot fill in, and has no word for a code that nobody uses.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { formHints } from './catalogue/form-hints.ts'
import { narrativeReasons } from './catalogue/narrative-reasons.ts'
import { ruleTexts } from './catalogue/rule-texts.ts'
import { labelOf } from './element-labels.ts'
import { findingCodes, findingOf } from './findings-catalogue.ts'
import { primitiveForms } from './primitive-forms.ts'
import { readDefinitions } from './r4/structures.ts'

const chinese = /\p{Script=Han}/u
const source = globSync('**/*.ts', { cwd: import.meta.dirname })
  .filter((path) => !path.startsWith('catalogue') && !path.endsWith('.test.ts'))
  .map((path) => readFileSync(`${import.meta.dirname}/${path}`, 'utf8'))
  .join('\n')

test('every finding has a message and a hint in Chinese and in English', () => {
  for (const code of findingCodes) {
    const words = {
      element: 'x',
      type: 'x',
      form: { zh: '写', en: 'write' },
      allowed: 'a',
      rule: 'r',
      says: 's',
      reason: 'r',
      limit: 1,
      example: 'e',
      what: 'w',
      unit: 'u',
      low: 1,
      high: 2,
    }
    const { message, hint } = findingOf(code, 'Patient', words)
    assert.ok(chinese.test(message.zh) && chinese.test(hint.zh), code)
    assert.ok(/[a-z]/.test(message.en) && !chinese.test(message.en), code)
    assert.ok(/[a-z]/.test(hint.en) && !chinese.test(hint.en), code)
    for (const text of [message.zh, message.en, hint.zh, hint.en]) assert.ok(!/\{\w+\}/.test(text), text)
  }
})

test('every finding is one that some check reports', () => {
  for (const code of findingCodes) assert.ok(source.includes(`'${code}'`), code)
})

test('every rule of FHIR R4 has its sentence in Chinese, and no sentence is without a rule', () => {
  const rules = Object.keys(readDefinitions().rules)
  assert.deepEqual(Object.keys(ruleTexts).sort(), rules.sort())
  for (const text of Object.values(ruleTexts)) assert.ok(chinese.test(text), text)
})

test('every primitive type tells how it is written, every narrative problem what it is', () => {
  assert.deepEqual(Object.keys(formHints).sort(), Object.keys(primitiveForms).sort())
  for (const { zh, en } of [...Object.values(formHints), ...Object.values(narrativeReasons)])
    assert.ok(chinese.test(zh) && !chinese.test(en))
})

test('an element is called by its Chinese label where it has one', () => {
  assert.deepEqual(labelOf(['Patient', 'name', 0, 'given', 1]), { zh: '“名”（given）', en: 'given' })
  assert.deepEqual(labelOf(['X', 'constructor']), { zh: 'constructor', en: 'constructor' })
})
