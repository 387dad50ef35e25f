// Mend at the source with the real program: like errors of a file are one group, and one mapping takes all of them in.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { folderFor, meridian, startMeridian } from './meridian-process.ts'

const patient = (id: string, gender: string) => JSON.stringify({ resourceType: 'Patient', id, gender })

test('refused items are grouped, a value is proposed, and one mend takes them in', {
  timeout: 240_000,
}, async (t) => {
  const folder = folderFor(t)
  const home = join(folder, 'home')
  const node = startMeridian(['start', '--empty', '--home', home, '--port', '0'])
  t.after(() => node.kill('SIGKILL'))
  await node.said(/Ctrl-C ends it/)
  const file = join(folder, 'people.ndjson')
  writeFileSync(file, [patient('a', '男'), patient('b', '女'), patient('c', '甲')].join('\n'))
  assert.equal((await meridian(['intake', file, '--home', home])).code, 1)
  const ask = async (...args: string[]) => {
    const { code, out, log } = await meridian(['quarantine', ...args, '--home', home, '--json'])
    assert.ok(code === 0, log)
    return JSON.parse(out)
  }

  const { groups } = await ask('groups')
  const [group] = groups.filter((one: { code: string }) => one.code === 'r4.code-not-allowed')
  assert.deepEqual([group.count, group.element], [3, 'Patient.gender'])

  const { values } = await ask('mend', group.id)
  assert.deepEqual(
    values.map((one: { value: string; proposal?: string }) => [one.value, one.proposal]).sort(),
    [
      ['女', 'female'],
      ['甲', undefined],
      ['男', 'male'],
    ],
  )

  assert.deepEqual(await ask('mend', group.id, '--proposed'), {
    group: group.id,
    mended: 2,
    left: 1,
    waiting: 1,
  })
  assert.deepEqual(await ask('mend', group.id, '--map', '甲=unknown'), {
    group: group.id,
    mended: 1,
    left: 0,
    waiting: 0,
  })
  assert.deepEqual((await ask('groups')).groups, [])
  const gone = await meridian(['quarantine', 'mend', group.id, '--home', home])
  assert.equal(gone.code, 1)
})
