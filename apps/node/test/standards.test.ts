/** `meridian standards` with the real program: a hospital makes a version of a value set, adds, compares and publishes it. */
import assert from 'node:assert/strict'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { runningHome } from './running-home.ts'

const id = 'meridian.value-set.sex'
const shipped = new URL('../../../packages/standards/artefacts/meridian.value-set.sex/', import.meta.url)
  .pathname

test('a version of a value set is packed, added, compared, published and served by its hash', {
  timeout: 240_000,
}, async (t) => {
  const home = await runningHome(t)
  const folder = home.at('next')
  mkdirSync(folder)
  cpSync(shipped, folder, { recursive: true })
  const change = (name: string, by: (value: never) => unknown) =>
    writeFileSync(
      join(folder, name),
      JSON.stringify(by(JSON.parse(readFileSync(join(folder, name), 'utf8')) as never)),
    )
  change('manifest.json', (manifest: object) => ({
    ...manifest,
    version: '1.1.0',
  }))
  const added = { code: '7', zh: '试用', en: 'on trial', gender: ['unknown'] }
  change('codes.json', ({ codes, ...rest }: { codes: object[] }) => ({ ...rest, codes: [...codes, added] }))

  await t.test('a changed folder is refused until it is packed', async () => {
    const refused = await home.run('standards', 'add', folder)
    assert.deepEqual([refused.code, /codes\.json/.test(refused.log)], [1, true])
    assert.equal((await home.run('standards', 'pack', folder)).code, 0)
  })

  await t.test('the list shows what ships and what was added', async () => {
    const { out } = await home.run('standards', '--json')
    const { items } = JSON.parse(out) as {
      items: { isInForce: boolean; manifest: { id: string; version: string } }[]
    }
    const versions = items.filter(({ manifest }) => manifest.id === id)
    const [ours, own] = versions.toSorted((a, b) => (a.manifest.version < b.manifest.version ? -1 : 1))
    assert.deepEqual([own?.isInForce, ours?.isInForce], [false, true])
  })

  await t.test('a difference names the code that was added and how many records hold it', async () => {
    const { out } = await home.run(
      'standards',
      'diff',
      'meridian.value-set.sex@1.0.0',
      `${id}@1.1.0`,
      '--json',
    )
    const { changes } = JSON.parse(out) as { changes: { path: string; touched?: number }[] }
    assert.deepEqual(
      changes.filter(({ path }) => path.startsWith('codes')).map(({ path, touched }) => [path, touched]),
      [['codes.json#7', 0]],
    )
  })

  const ask = async <T>(operation: string, args: object): Promise<T> => {
    const { result, refused } = await home.ask<T>(operation, args)
    assert.equal(refused, undefined)
    return result as T
  }
  const next = `${id}@1.1.0`

  await t.test('it is published and exported, and its vectors give one hash', async () => {
    const vectors = await ask<{ passed: boolean; hash: string }>('standards', {
      action: 'vectors',
      name: next,
    })
    assert.deepEqual([vectors.passed, /^[0-9a-f]{64}$/.test(vectors.hash)], [true, true])
    await ask('standards', { action: 'publish', name: next })
    const shown = await ask<Shown>('standards', { action: 'show', name: next })
    assert.equal(shown.state, 'draft')
    assert.equal((await home.run('standards', 'export', next, home.at('sex.artefact'))).code, 0)
    await ask('standards', { action: 'add', path: home.at('sex.artefact') })
  })

  const decide = async (kind: string, action: object): Promise<void> => {
    const asked = { kind, action: { id, version: '1.1.0', ...action } }
    const { proposalId } = await ask<{ proposalId: string }>('propose', {
      asked,
      days: 7,
      activationHeight: 0,
    })
    const { outcome } = await ask<{ outcome: string }>('vote', { proposal: proposalId, choice: 'yes' })
    assert.equal(outcome, 'activated')
  }
  /** By which set a record was judged. */
  const setOf = async (record: string): Promise<string> => {
    const head = record.split('/').slice(0, 2).join('/')
    const args = { action: 'judge', record: head, name: `${id}@1.0.0` }
    return (await ask<{ recordSetHash: string }>('standards', args)).recordSetHash
  }

  await t.test(
    'voted active, it judges the next record; the one before keeps the hash of its set',
    async () => {
      const before = await home.take('before')
      await decide('artefact.trial', {})
      await decide('artefact.activate', { retireHeight: 0 })
      const shown = await ask<Shown>('standards', { action: 'show', name: next })
      assert.deepEqual([shown.isInForce, shown.state], [true, 'active'])
      const after = await home.take('after')
      const { standardsSetHash } = await ask<{ standardsSetHash: string }>('standards', { action: 'list' })
      assert.equal(await setOf(after), standardsSetHash)
      assert.notEqual(await setOf(before), standardsSetHash)
    },
  )

  await t.test('an organisation says which version it runs', async () => {
    await ask('standards', { action: 'adopt', name: next })
    assert.equal((await ask<Shown>('standards', { action: 'show', name: next })).adoptedBy.length, 1)
  })
})

interface Shown {
  readonly isInForce: boolean
  readonly state: string | null
  readonly adoptedBy: readonly string[]
}
