/** `meridian records` with the real program: by state, and by the id that a source calls a record. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { folderFor, meridian, startMeridian } from './meridian-process.ts'

const patient = (gender: string) => JSON.stringify({ resourceType: 'Patient', id: 'own-7', gender })

test('records are listed by state, and found by the id of their source', { timeout: 240_000 }, async (t) => {
  const folder = folderFor(t)
  const home = join(folder, 'home')
  const node = startMeridian(['start', '--empty', '--home', home, '--port', '0'])
  t.after(() => node.kill('SIGKILL'))
  await node.said(/Ctrl-C ends it/)
  const list = async (...args: string[]) => {
    const { code, out, log } = await meridian(['records', ...args, '--home', home, '--json'])
    return {
      code,
      log,
      ...(JSON.parse(out) as { items: { id: string; state: string }[]; refused: { code: string } }),
    }
  }
  for (const gender of ['male', 'female']) {
    writeFileSync(join(folder, 'p.json'), patient(gender))
    assert.equal((await meridian(['intake', join(folder, 'p.json'), '--home', home])).code, 0)
  }

  await t.test('each state lists the versions that have it', async () => {
    const [superseded, final] = [await list('--state', 'superseded'), await list('--state', 'final')]
    assert.match(superseded.items[0]?.id ?? '', /^Patient\/[0-9a-f]{32}\/_history\/1$/)
    assert.match(final.items[0]?.id ?? '', /\/_history\/2$/)
    assert.deepEqual([superseded.items.length, final.items.length], [1, 1])
    for (const state of ['received', 'sealed', 'submitted', 'erased'])
      assert.deepEqual((await list('--state', state)).items, [], state)
  })

  await t.test('a state that is none is refused with those there are', async () => {
    const { code, refused, log } = await list('--state', 'lost')
    assert.deepEqual([code, refused.code], [1, 'state-unknown'])
    assert.match(log, /received, sealed, submitted, final, superseded, erased/)
  })

  await t.test('the id of a file-based FHIR source leads to the record', async () => {
    const head = (await list('--type', 'Patient')).items
    assert.deepEqual((await list('--source', 'files-fhir', '--source-id', 'Patient/own-7')).items, head)
    assert.deepEqual(
      (await list('--source', 'files-fhir', '--type', 'Patient', '--source-id', 'own-7')).items,
      head,
    )
    assert.deepEqual((await list('--source', 'files-fhir', '--source-id', 'Patient/own-8')).items, [])
    assert.equal(
      (await list('--source', 'files-csv', '--source-id', 'Patient/1')).refused.code,
      'source-id-unsupported',
    )
    assert.equal(
      (await list('--source', 'files-fhir', '--source-id', 'own-7')).refused.code,
      'source-id-malformed',
    )
  })
})
