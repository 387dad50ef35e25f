// The blob port on a folder and in memory; and what only a folder can do: half-written files, a full or forbidden disk.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { createMemoryBlobs } from '../contract/memory-blobs.ts'
import { blobStoreContract } from './blob-store-contract.ts'
import { openFolderBlobs } from './open-folder-blobs.ts'

const root = mkdtempSync(join(tmpdir(), 'meridian-blobs-'))
after(() => rmSync(root, { recursive: true, force: true }))
const newFolder = () => join(root, randomBytes(6).toString('hex'), 'blobs')
const name = 'ab'.repeat(16)

describe('a folder', () => {
  blobStoreContract(() => openFolderBlobs(newFolder()))

  test('a file is for its owner only, and stands under its whole name', async () => {
    const folder = newFolder()
    await openFolderBlobs(folder).put(name, randomBytes(10))
    assert.deepEqual(readdirSync(join(folder, 'ab')), [name])
    assert.equal(statSync(join(folder, 'ab', name)).mode & 0o777, 0o600)
  })

  test('what a crash left half written has no name, and is taken away', async () => {
    const folder = newFolder()
    const store = openFolderBlobs(folder)
    await store.put(name, randomBytes(10))
    const half = join(folder, 'ab', `${'cd'.repeat(16)}.part`)
    writeFileSync(half, 'half')
    const names: string[] = []
    for await (const one of store.names()) names.push(one)
    assert.deepEqual([names, existsSync(half)], [[name], false])
  })

  test('a name that is none never becomes a path', async () => {
    const store = openFolderBlobs(newFolder())
    for (const odd of ['../../etc/passwd', 'AB', '', 'a/b'.repeat(11)])
      await assert.rejects(async () => store.put(odd, randomBytes(1)), /not the name/)
  })

  test('a folder that cannot be written is a failure of the outside, which is tried again', async () => {
    const folder = newFolder()
    mkdirSync(join(folder, '..'), { recursive: true })
    writeFileSync(folder, 'a file where the folder should be')
    await assert.rejects(openFolderBlobs(folder).put(name, randomBytes(1)), {
      name: 'VaultFailure',
      code: 'failed',
    })
  })
})

describe('memory', () => {
  blobStoreContract(createMemoryBlobs)
})
