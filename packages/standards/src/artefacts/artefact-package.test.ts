// A package is what its manifest says or it is refused with the place; its vectors give one hash on every machine; a difference names the element.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toHex, utf8 } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import fc from 'fast-check'
import { type ArtefactPackage, openPackage } from './artefact-package.ts'
import { comparePackages } from './compare-packages.ts'
import type { Manifest } from './manifest.ts'
import { areFindings } from './manifest-fields.ts'
import { readManifest } from './read-manifest.ts'
import { readerFor } from './readers.ts'
import { runVectors } from './run-vectors.ts'

const json = (value: unknown): Uint8Array => utf8(JSON.stringify(value))
const codes = { system: 'urn:example:colour', codes: [{ code: 'r', zh: '红', en: 'red' }] }
const vectors = [
  { name: 'red is one', input: { code: 'r' }, expect: { valid: true, zh: '红', en: 'red' } },
  { name: 'blue is none', input: { code: 'b' }, expect: { valid: false } },
]

const manifestOf = (files: Record<string, Uint8Array>, more: Partial<Manifest> = {}): Manifest => ({
  format: 'meridian-artefact/1',
  id: 'example.value-set.colour',
  version: '1.0.0',
  kind: 'value-set',
  layer: 'base',
  titles: { zh: '颜色', en: 'Colours' },
  steward: 'org-a',
  jurisdiction: [],
  effective: { from: '2026-01-01' },
  dependencies: [],
  licence: { name: 'CC0-1.0', shared: true },
  files: Object.keys(files)
    .sort()
    .map((name) => {
      const bytes = files[name] as Uint8Array
      return {
        name,
        mediaType: 'application/json',
        bytes: bytes.length,
        sha256: toHex(nodeSuite.sha256(bytes)),
      }
    }),
  ...more,
})

function packageOf(content: Record<string, unknown>, more: Partial<Manifest> = {}): ArtefactPackage {
  const files = Object.fromEntries(Object.entries(content).map(([name, value]) => [name, json(value)]))
  const opened = openPackage(
    nodeSuite,
    new Map(Object.entries({ ...files, 'manifest.json': json(manifestOf(files, more)) })),
  )
  if (areFindings(opened)) throw new Error(JSON.stringify(opened))
  return opened
}

const colours = packageOf({ 'codes.json': codes, 'vectors.json': vectors })

test('the same manifest has one hash however it is written', () => {
  const reversed = Object.fromEntries(Object.entries(colours.manifest).reverse())
  const files = new Map([...colours.files, ['manifest.json', utf8(JSON.stringify(reversed, null, 4))]])
  const again = openPackage(nodeSuite, files)
  assert.ok(!areFindings(again))
  assert.equal(toHex(again.hash), toHex(colours.hash))
})

test('a file that was changed, taken away or put in is found, with its name', () => {
  const manifest = json(colours.manifest)
  const all: [string, Uint8Array][] = [...colours.files, ['manifest.json', manifest]]
  const codesOf = (files: Map<string, Uint8Array>) => {
    const opened = openPackage(nodeSuite, files)
    return areFindings(opened) ? opened.map(({ code, path }) => `${code} ${path}`) : []
  }
  assert.deepEqual(codesOf(new Map(all)), [])
  assert.deepEqual(codesOf(new Map([...all, ['codes.json', utf8('{}')]])), [
    'artefact.file-differs codes.json',
  ])
  assert.deepEqual(codesOf(new Map([...all, ['more.json', utf8('{}')]])), ['artefact.file-extra more.json'])
  assert.deepEqual(codesOf(new Map(all.filter(([name]) => name !== 'codes.json'))), [
    'artefact.file-missing codes.json',
  ])
  assert.deepEqual(codesOf(new Map()), ['artefact.no-manifest manifest.json'])
})

test('every field of a manifest has its form, and no other field is taken', () => {
  const wrong: Record<string, unknown> = {
    format: 'other/1',
    id: 'Upper Case',
    version: '1.0',
    kind: 'poem',
    layer: 'top',
    titles: { zh: '只有中文' },
    steward: '',
    jurisdiction: ['北京'],
    effective: { from: '2026-02-30' },
    dependencies: [{ id: 'a' }],
    licence: { name: 'CC0' },
    files: [{ name: '../x', mediaType: 'text/plain', bytes: 1, sha256: '00' }],
    mood: 'good',
  }
  for (const [name, value] of Object.entries(wrong)) {
    const findings = readManifest(json({ ...colours.manifest, [name]: value }))
    assert.ok(areFindings(findings), name)
    assert.deepEqual(
      findings.map(({ path }) => path),
      [`manifest.${name}`],
    )
  }
})

test('any bytes are a manifest or get findings', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), fc.json().map(utf8)), (bytes) => {
      assert.ok(areFindings(readManifest(bytes)))
    }),
  )
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(colours.manifest)), fc.jsonValue(), (name, value) => {
      const read = readManifest(json({ ...colours.manifest, [name]: value }))
      if (areFindings(read)) assert.ok(read.every(({ code }) => code.startsWith('artefact.')))
    }),
  )
})

test('the hash of a run of vectors says which passed and what was answered', () => {
  const result = runVectors(nodeSuite, colours, readerFor(colours))
  assert.ok(!areFindings(result) && result.passed)
  const wrong = packageOf({
    'codes.json': { ...codes, codes: [{ code: 'r', zh: '红色', en: 'red' }] },
    'vectors.json': vectors,
  })
  const other = runVectors(nodeSuite, wrong, readerFor(wrong))
  assert.ok(!areFindings(other) && !other.passed)
  assert.notEqual(toHex(other.hash), toHex(result.hash))
  assert.deepEqual(other.outcomes[0]?.answer, { valid: true, zh: '红色', en: 'red' })
})

test('vectors that do not end in their time, have no reader or do not exist are refused', () => {
  const codesOf = (result: object) => (areFindings(result) ? result.map(({ code }) => code) : [])
  let time = 0
  const slow = () => (time += 100_000)
  assert.deepEqual(codesOf(runVectors(nodeSuite, colours, readerFor(colours), slow)), [
    'artefact.vectors-too-slow',
  ])
  assert.deepEqual(codesOf(runVectors(nodeSuite, colours, undefined)), ['artefact.no-reader'])
  const bare = packageOf({ 'codes.json': codes })
  assert.deepEqual(codesOf(runVectors(nodeSuite, bare, readerFor(bare))), ['artefact.no-vectors'])
})

test('a new code, a changed name and a changed licence are shown element by element', () => {
  const next = packageOf(
    {
      'codes.json': {
        ...codes,
        codes: [
          { code: 'b', zh: '蓝', en: 'blue' },
          { code: 'r', zh: '红色', en: 'red' },
        ],
      },
      'vectors.json': vectors,
    },
    { version: '1.1.0', licence: { name: 'CC-BY-4.0', shared: true } },
  )
  const changes = comparePackages(colours, next, readerFor(next))
  assert.deepEqual(
    changes.map(({ path, change }) => `${change} ${path}`),
    ['changed manifest.json#/licence/name', 'changed codes.json#r', 'added codes.json#b'],
  )
})

test('without a comparison of the kind, an item of a list is found by its id', () => {
  const about = { kind: 'rule-set' } as const
  const before = packageOf({ 'rules.json': { rules: [{ id: 'a', low: 1 }] } }, about)
  const rules = [
    { id: 'b', low: 2 },
    { id: 'a', low: 3 },
  ]
  const after = packageOf({ 'rules.json': { rules } }, about)
  assert.deepEqual(comparePackages(before, after, undefined), [
    { path: 'rules.json#/rules/a/low', change: 'changed', before: 1, after: 3 },
    { path: 'rules.json#/rules/b/id', change: 'added', after: 'b' },
    { path: 'rules.json#/rules/b/low', change: 'added', after: 2 },
  ])
})
