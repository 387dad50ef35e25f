// A package comes into a home, is served by its hash, is compared and published; a changed one never is.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { toHex, utf8 } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import { areFindings, manifestText } from '@meridian/standards'
import { readArtefact } from '../ledger-door/routes/read-artefact.ts'
import { decodeArtefactFile, encodeArtefactFile } from './artefact-file.ts'
import { type ArtefactStore, type HeldArtefact, openArtefactStore } from './artefact-store.ts'
import { countTouched } from './count-touched.ts'
import { fetchArtefact } from './fetch-artefact.ts'
import { findConflicts } from './find-conflicts.ts'

const root = mkdtempSync(join(tmpdir(), 'meridian-standards-'))
after(() => rmSync(root, { recursive: true, force: true }))

const storeAt = (name: string): ArtefactStore => openArtefactStore(join(root, name), nodeSuite)
const shippedSex = storeAt('shipped').find('meridian.value-set.sex') as HeldArtefact

/** The sex value set as another version, with a code that no standard has. */
function nextFiles(shared = true): Map<string, Uint8Array> {
  const codes = JSON.parse(Buffer.from(shippedSex.files.get('codes.json') as Uint8Array).toString())
  codes.codes[0].zh = '不详'
  codes.codes.push({ code: '7', zh: '试用', en: 'on trial', gender: ['unknown'] })
  const content = new Map([
    ['codes.json', utf8(JSON.stringify(codes))],
    [
      'vectors.json',
      utf8(
        JSON.stringify([
          { name: '7', input: { code: '7' }, expect: { valid: true, zh: '试用', en: 'on trial' } },
        ]),
      ),
    ],
  ])
  const files = [...content].map(([name, bytes]) => ({
    name,
    mediaType: 'application/json',
    bytes: bytes.length,
    sha256: toHex(nodeSuite.sha256(bytes)),
  }))
  const manifest = { ...shippedSex.manifest, version: '1.1.0', licence: { name: 'CC0-1.0', shared }, files }
  return content.set('manifest.json', utf8(manifestText(manifest)))
}

function addNext(store: ArtefactStore, shared = true): HeldArtefact {
  const added = store.add(nextFiles(shared))
  if (areFindings(added)) assert.fail(added[0]?.message.en)
  return added as HeldArtefact
}

/** Another member's ledger door without a socket. */
const doorOf = (store: ArtefactStore, alter = (bytes: Uint8Array) => bytes) => ({
  async artefactFile(hash: string, file: string) {
    const { status, body } = await readArtefact.answer(
      { artefacts: store } as never,
      { params: { hash, file } } as never,
    )
    return status === 200 ? alter(body as Uint8Array) : undefined
  },
})

test('a package that was added is there after a restart, beside those that ship', () => {
  const added = addNext(storeAt('restart'))
  const again = storeAt('restart')
  assert.equal(again.find('meridian.value-set.sex')?.manifest.version, '1.1.0')
  assert.equal(again.find('meridian.value-set.sex', '1.0.0')?.isShipped, true)
  assert.equal(again.held(toHex(added.hash))?.isShipped, false)
  assert.deepEqual(again.verify(), [])
})

test('a file that was changed on disk is found, and the package is not held any more', () => {
  const { hash } = addNext(storeAt('changed'))
  writeFileSync(join(root, 'changed', toHex(hash), 'codes.json'), '{}')
  const again = storeAt('changed')
  assert.equal(again.held(toHex(hash)), undefined)
  assert.deepEqual(
    again.verify().map((item) => item.findings[0]?.code),
    ['artefact.file-differs'],
  )
})

test('a package written halfway is not there', () => {
  const { hash } = addNext(storeAt('whole'))
  mkdirSync(join(root, 'half', `${toHex(hash)}.partial`), { recursive: true })
  assert.equal(storeAt('half').held(toHex(hash)), undefined)
  addNext(storeAt('half'))
  assert.deepEqual(readdirSync(join(root, 'half')), [toHex(hash)])
})

test('one file carries a whole package', () => {
  const added = addNext(storeAt('carry'))
  const files = decodeArtefactFile(encodeArtefactFile(added))
  assert.ok(files)
  const there = storeAt('carried').add(files)
  assert.ok(!areFindings(there))
  assert.equal(toHex((there as HeldArtefact).hash), toHex(added.hash))
  assert.equal(decodeArtefactFile(utf8('{"format":"other","files":{}}')), undefined)
})

test('a member fetches by hash, takes no changed byte, and goes on to the next who answers', async () => {
  const holder = storeAt('holder')
  const hash = toHex(addNext(holder).hash)
  const liar = doorOf(holder, (bytes) => utf8(`${Buffer.from(bytes).toString()} `))
  const away = { artefactFile: () => Promise.reject(new Error('away')) }
  const fetched = await fetchArtefact([away, doorOf(storeAt('empty')), liar, doorOf(holder)], nodeSuite, hash)
  assert.ok(fetched instanceof Map)
  assert.equal(await fetchArtefact([liar, away], nodeSuite, hash), undefined)
  const got = storeAt('fetched').add(fetched)
  assert.equal(toHex((got as HeldArtefact).hash), hash)
})

test('of a licensed package the manifest is served and nothing else', async () => {
  const holder = storeAt('licensed')
  const hash = toHex(addNext(holder, false).hash)
  const door = doorOf(holder)
  assert.ok(await door.artefactFile(hash, 'manifest.json'))
  assert.equal(await door.artefactFile(hash, 'codes.json'), undefined)
  assert.equal(await fetchArtefact([door], nodeSuite, hash), 'licensed')
})

test('two versions that answer differently are a conflict, with the input and both answers', () => {
  const conflicts = findConflicts([shippedSex, addNext(storeAt('conflict'))])
  assert.deepEqual(
    conflicts.map(({ input, answers }) => ({ input, answers })),
    [
      {
        input: { code: '0' },
        answers: [
          { valid: true, zh: '未知的性别', en: 'unknown' },
          { valid: true, zh: '不详', en: 'unknown' },
        ],
      },
      { input: { code: '7' }, answers: [{ valid: false }, { valid: true, zh: '试用', en: 'on trial' }] },
    ],
  )
  assert.deepEqual(findConflicts([shippedSex]), [])
})

test('a change says how many of the own records hold the element', async () => {
  const system = 'urn:oid:2.16.156.10011.2.3.3.4'
  const resources = [
    { resourceType: 'Patient', gender: 'male', note: { coding: [{ system, code: '0' }] } },
    { resourceType: 'Patient', birthDate: '1980-01-01' },
    { resourceType: 'Observation', valueQuantity: { value: 1 } },
  ]
  const records = {
    list: async () => ({ items: resources }),
    readMany: async () =>
      resources.map((resource) => ({ opened: { content: JSON.stringify({ resource }) } })),
  }
  const changes = [
    { path: 'a', change: 'changed', element: '0', system },
    { path: 'b', change: 'added', fhirPath: 'Observation.value[x]' },
    { path: 'c', change: 'added', fhirPath: 'Patient.gender' },
    { path: 'd', change: 'removed' },
  ] as const
  const counted = await countTouched({ vault: { records } } as never, changes)
  assert.deepEqual(
    counted.changes.map(({ touched }) => touched),
    [1, 1, 1, undefined],
  )
  assert.equal(counted.looked, 3)
})
