/** `meridian standards` with the real program: a hospital makes a version of a value set, adds, compares and publishes it. */
import assert from 'node:assert/strict'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { runningHome } from './running-home.ts'

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
    id: 'org-a.value-set.sex',
    version: '1.1.0',
    steward: 'org-a',
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
    const { items } = JSON.parse(out) as { items: { isInForce: boolean; manifest: { id: string } }[] }
    const own = items.find(({ manifest }) => manifest.id === 'org-a.value-set.sex')
    const ours = items.find(({ manifest }) => manifest.id === 'meridian.value-set.sex')
    assert.deepEqual([own?.isInForce, ours?.isInForce], [false, true])
  })

  await t.test('a difference names the code that was added and how many records hold it', async () => {
    const { out } = await home.run(
      'standards',
      'diff',
      'meridian.value-set.sex',
      'org-a.value-set.sex',
      '--json',
    )
    const { changes } = JSON.parse(out) as { changes: { path: string; touched?: number }[] }
    assert.deepEqual(
      changes.filter(({ path }) => path.startsWith('codes')).map(({ path, touched }) => [path, touched]),
      [['codes.json#7', 0]],
    )
  })

  await t.test('it is published, exported and its vectors give one hash', async () => {
    const published = await home.run('standards', 'publish', 'org-a.value-set.sex', '--json')
    assert.equal(published.code, 0, published.log)
    const first = JSON.parse((await home.run('standards', 'vectors', 'org-a.value-set.sex', '--json')).out)
    assert.deepEqual([first.passed, /^[0-9a-f]{64}$/.test(first.hash)], [true, true])
    const { out } = await home.run('standards', 'show', 'org-a.value-set.sex', '--json')
    assert.ok(JSON.parse(out).publishedHeight > 0)
    assert.equal(
      (await home.run('standards', 'export', 'org-a.value-set.sex', home.at('sex.artefact'))).code,
      0,
    )
    assert.equal((await home.run('standards', 'add', home.at('sex.artefact'))).code, 0)
  })
})
