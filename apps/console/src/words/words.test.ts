// Both languages say the same things: same keys, same places to fill, Chinese in Chinese.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pageCatalogues } from '../../verify-page/words.ts'
import { en } from './en.ts'
import { zh } from './zh.ts'

const pairs = [
  ['the console', zh, en],
  ['the verify page', pageCatalogues.zh, pageCatalogues.en],
] as const

const placesOf = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort()

for (const [name, chinese, english] of pairs) {
  test(`${name} has the same keys in both languages`, () => {
    assert.deepEqual(Object.keys(chinese).sort(), Object.keys(english).sort())
  })

  test(`${name} fills the same places in both languages`, () => {
    for (const [key, text] of Object.entries(chinese))
      assert.deepEqual(placesOf(text), placesOf((english as Record<string, string>)[key] ?? ''), key)
  })

  test(`${name} has no Chinese in English and none without words`, () => {
    for (const [key, text] of Object.entries(english)) assert.match(text, /^[^\u4e00-\u9fff]+$/, key)
    for (const [key, text] of Object.entries(chinese)) assert.ok(text.trim() !== '', key)
  })

  test(`${name} writes Chinese punctuation as Chinese does`, () => {
    for (const [key, text] of Object.entries(chinese))
      assert.doesNotMatch(text, /[\u4e00-\u9fff][,;:?()]/, key)
  })
}
