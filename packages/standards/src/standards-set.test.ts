// The standards set is the same wherever it is loaded, and every file it ships is in it.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { canonicalTextOf, toHex, utf8 } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import { dataFileNames, readDataFile } from './data-files.ts'
import { loadStandardsSet } from './standards-set.ts'

const set = loadStandardsSet(nodeSuite)

test('every data file that ships is in the set', () => {
  assert.deepEqual(readdirSync(new URL('../data/', import.meta.url)).sort(), [...dataFileNames])
  for (const name of dataFileNames) {
    const file = readDataFile(name)
    const item = set.items.find(({ id }) => id === file.id)
    assert.equal(item?.version, file.version, name)
    assert.ok(file.title.zh !== '' && file.title.en !== '')
  }
})

test('an item is addressed by the SHA-256 of its canonical text', () => {
  const sex = set.items.find(({ id }) => id === 'gbt2261-1-sex')
  assert.ok(sex)
  assert.equal(toHex(sex.hash), toHex(nodeSuite.sha256(utf8(canonicalTextOf(readDataFile('sex.json'))))))
})

test('the set is addressed by the hash of the list of its items, in the order of ids', () => {
  const items = set.items.map(({ id, kind, version, hash }) => ({ id, kind, version, hash: toHex(hash) }))
  assert.deepEqual(
    items.map(({ id }) => id),
    items.map(({ id }) => id).sort(),
  )
  assert.equal(new Set(items.map(({ id }) => id)).size, items.length)
  const list = canonicalTextOf({ id: set.id, version: set.version, items })
  assert.equal(toHex(set.hash), toHex(nodeSuite.sha256(utf8(list))))
  assert.equal(set.hash.length, 32)
})

test('loading it twice gives the same hash', () => {
  assert.equal(toHex(loadStandardsSet(nodeSuite).hash), toHex(set.hash))
})
