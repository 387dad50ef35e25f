// The standards set is the same wherever it is loaded, and every package it ships is in it and keeps its word.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toHex, utf8 } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import { areFindings } from './artefacts/manifest-fields.ts'
import { readerFor } from './artefacts/readers.ts'
import { runVectors } from './artefacts/run-vectors.ts'
import { readShippedPackages } from './artefacts/shipped-packages.ts'
import { shippedArtefactIds } from './data-files.ts'
import { loadStandardsSet, standardsSetOf } from './standards-set.ts'

const set = loadStandardsSet(nodeSuite)
const packages = readShippedPackages(nodeSuite)

test('every package that ships is in the set, under the name of its folder, by its content hash', () => {
  assert.deepEqual(
    packages.map(({ manifest }) => manifest.id),
    [...shippedArtefactIds()],
  )
  for (const { manifest, hash } of packages) {
    const item = set.items.find(({ id }) => id === manifest.id)
    assert.equal(item?.version, manifest.version)
    assert.equal(toHex(item?.hash ?? new Uint8Array()), toHex(hash))
  }
})

test('every package that ships passes its own vectors', () => {
  for (const shipped of packages) {
    const result = runVectors(nodeSuite, shipped, readerFor(shipped))
    if (areFindings(result)) assert.fail(`${shipped.manifest.id}: ${result[0]?.message.en}`)
    const failed = result.outcomes.filter(({ outcome }) => outcome === 'failed')
    assert.deepEqual(failed, [], shipped.manifest.id)
  }
})

test('the set is addressed by the hash of the list of its items, in the order of ids', () => {
  const ids = set.items.map(({ id }) => id)
  assert.deepEqual(ids, [...ids].sort())
  assert.equal(new Set(ids).size, ids.length)
  assert.equal(toHex(set.hash), toHex(nodeSuite.sha256(utf8(set.text))))
})

test('another version of one package makes another set', () => {
  const [first, ...rest] = packages
  assert.ok(first)
  const next = { ...first, manifest: { ...first.manifest, version: '1.1.0' } }
  assert.notEqual(toHex(standardsSetOf(nodeSuite, [next, ...rest]).hash), toHex(set.hash))
  assert.equal(toHex(standardsSetOf(nodeSuite, packages.toReversed()).hash), toHex(set.hash))
})
