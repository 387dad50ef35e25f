/** The key file: opened by its passphrase only, and by no altered byte. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createKeyring, openKeyring, openKeyringFile } from './key-file.ts'
import type { Keyring } from './keyring.ts'

const folder = mkdtempSync(join(tmpdir(), 'meridian-keys-'))
const file = join(folder, 'keyring.json')
let made: Keyring

before(async () => {
  made = await createKeyring(file, '口令 with spaces')
})
after(() => rmSync(folder, { recursive: true }))

test('a keyring opens again with its passphrase and unwraps what it wrapped', async () => {
  const opened = await openKeyring(file, '口令 with spaces')
  assert.ok(!('refused' in opened))
  const context = new Uint8Array([1])
  const wrapped = made.wrap(new Uint8Array(32).fill(7), context)
  assert.deepEqual(new Uint8Array(opened.unwrap(wrapped, context) ?? []), new Uint8Array(32).fill(7))
  assert.equal(opened.keyId, made.keyId)
})

test('another passphrase does not open it', async () => {
  assert.deepEqual(await openKeyring(file, 'guess'), { refused: true, code: 'not-opened' })
})

test('a changed byte in the box does not open', async () => {
  const changed = join(folder, 'changed.json')
  const text = JSON.parse(readFileSync(file, 'utf8'))
  const box = Buffer.from(text.box, 'base64')
  box[20] = (box[20] ?? 0) ^ 1
  writeFileSync(changed, JSON.stringify({ ...text, box: box.toString('base64') }))
  assert.deepEqual(await openKeyring(changed, '口令 with spaces'), { refused: true, code: 'not-opened' })
})

test('a cost that would exhaust memory is malformed, not tried', async () => {
  const changed = join(folder, 'costly.json')
  const text = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(changed, JSON.stringify({ ...text, scrypt: { ...text.scrypt, N: 2 ** 30 } }))
  assert.deepEqual(await openKeyring(changed, 'x'), { refused: true, code: 'malformed' })
})

test('only its owner may read the file', { skip: process.platform === 'win32' }, () => {
  assert.equal(statSync(file).mode & 0o777, 0o600)
})

test('a key file is never overwritten', async () => {
  await assert.rejects(createKeyring(file, 'other'), { code: 'EEXIST' })
})

test('a wrapped key opens in no other context', () => {
  const wrapped = made.wrap(new Uint8Array(32), new Uint8Array([1]))
  assert.equal(made.unwrap(wrapped, new Uint8Array([2])), undefined)
})

test('keyed digests differ by label and by where the parts are cut', () => {
  const digest = (label: string, ...parts: string[]) =>
    Buffer.from(made.keyedDigest(label, ...parts)).toString('hex')
  assert.notEqual(digest('a', 'x'), digest('b', 'x'))
  assert.notEqual(digest('a', 'xy', 'z'), digest('a', 'x', 'yz'))
  assert.equal(digest('a', 'x'), digest('a', 'x'))
})

test('a new wrapping key is durable before it wraps; the former one unwraps until it is forgotten', async () => {
  const path = join(folder, 'rewrap.json')
  await createKeyring(path, 'words')
  const file = await openKeyringFile(path, 'words')
  assert.ok(!('refused' in file))
  const context = new Uint8Array([1])
  const old = file.keyring.wrap(new Uint8Array(32).fill(7), context)
  const before = file.keyring.keyId
  await file.beginRewrap('words')
  assert.notEqual(file.keyring.keyId, before)
  const again = await openKeyringFile(path, 'words')
  assert.ok(!('refused' in again) && again.isRewrapping())
  const rewrapped = again.keyring.rewrap(old, context)
  assert.ok(rewrapped instanceof Uint8Array)
  assert.equal(again.keyring.rewrap(rewrapped, context), 'current')
  assert.equal(again.keyring.rewrap(rewrapped, new Uint8Array([2])), 'unknown')
  await again.endRewrap('words')
  const ended = await openKeyring(path, 'words')
  assert.ok(!('refused' in ended))
  assert.equal(ended.unwrap(old, context), undefined)
  assert.deepEqual(new Uint8Array(ended.unwrap(rewrapped, context) ?? []), new Uint8Array(32).fill(7))
  assert.equal(statSync(path).mode & 0o777, 0o600)
})

test('keyed digests stay as they are under a new wrapping key', async () => {
  const path = join(folder, 'digests.json')
  const first = await createKeyring(path, 'words')
  const file = await openKeyringFile(path, 'words')
  assert.ok(!('refused' in file))
  await file.beginRewrap('words')
  await file.endRewrap('words')
  assert.deepEqual(file.keyring.keyedDigest('a', 'x'), first.keyedDigest('a', 'x'))
})

test('the file under another passphrase opens with that one only', async () => {
  const path = join(folder, 'resealed.json')
  await createKeyring(path, 'words')
  const file = await openKeyringFile(path, 'words')
  assert.ok(!('refused' in file))
  writeFileSync(path, await file.sealedText('other words'))
  assert.deepEqual(await openKeyring(path, 'words'), { refused: true, code: 'not-opened' })
  const opened = await openKeyring(path, 'other words')
  assert.ok(!('refused' in opened))
  assert.equal(opened.keyId, file.keyring.keyId)
})
