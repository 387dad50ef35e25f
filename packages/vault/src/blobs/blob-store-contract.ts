/** The contract suite of the blob port: what every store must do alike. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import type { BlobStore } from './blob-store.ts'

const newName = () => randomBytes(16).toString('hex')

async function namesOf(store: BlobStore): Promise<string[]> {
  const names: string[] = []
  for await (const name of store.names()) names.push(name)
  return names.sort()
}

/** Registers the suite for one kind of store. */
export function blobStoreContract(open: () => BlobStore): void {
  test('bytes come back as they were put, of any length', async () => {
    const store = open()
    for (const length of [0, 1, 70_000, 3_000_000]) {
      const [name, bytes] = [newName(), randomBytes(length)]
      await store.put(name, bytes)
      assert.deepEqual(Buffer.from((await store.get(name)) ?? assert.fail('not there')), bytes)
    }
  })

  test('a name nobody put gives nothing, and removing it does nothing', async () => {
    const store = open()
    assert.equal(await store.get(newName()), undefined)
    await store.remove(newName())
    assert.deepEqual(await namesOf(store), [])
  })

  test('names are all that was put and not removed', async () => {
    const store = open()
    const names = Array.from({ length: 20 }, newName)
    await Promise.all(names.map((name) => store.put(name, randomBytes(9))))
    const gone = names.pop() ?? ''
    await store.remove(gone)
    assert.equal(await store.get(gone), undefined)
    assert.deepEqual(await namesOf(store), names.sort())
  })
}
