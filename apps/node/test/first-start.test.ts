/** From nothing to a verified receipt, as the README says it, with the real program. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { people } from '../src/sample-day/people.ts'
import { seeded } from '../src/sample-day/seeded.ts'
import { folderFor, meridian, startMeridian } from './meridian-process.ts'

test('a hospital day becomes evidence that a stranger verifies', { timeout: 240_000 }, async (t) => {
  const folder = folderFor(t)
  const home = join(folder, 'home')
  const at = (name: string) => join(folder, name)
  const node = startMeridian(['start', '--home', home, '--port', '0'])
  t.after(() => node.kill('SIGKILL'))
  await node.said(/Ctrl-C ends it/)

  await t.test(
    'the first start says what was received, refused and anchored, and verifies one receipt',
    async () => {
      await node.said(/received 收到 +362/)
      await node.said(/Verified\. Witnessed by 1 organisation/)
      await node.said(/operator's own word/)
    },
  )

  let id = ''
  await t.test('records lists what is kept, as JSON with a cursor', async () => {
    const { code, out } = await meridian([
      'records',
      '--home',
      home,
      '--type',
      'Observation',
      '--count',
      '2',
      '--json',
    ])
    assert.equal(code, 0)
    const page = JSON.parse(out) as { items: { id: string; state: string }[]; next?: string }
    assert.equal(page.items.length, 2)
    assert.equal(page.items[0]?.state, 'final')
    assert.ok(page.next)
    id = page.items[0]?.id ?? ''
  })

  await t.test('the three files of a record are written by the running node', async () => {
    for (const [name, ...args] of [['receipt', id], ['export', id], ['trust']] as const) {
      const { code, log } = await meridian([name, ...args, '-o', at(`${name}.json`), '--home', home])
      assert.equal(code, 0, log)
    }
  })

  const verify = (...more: string[]) =>
    meridian([
      'verify',
      at('receipt.json'),
      '--record',
      at('export.json'),
      '--trust',
      at('trust.json'),
      ...more,
    ])

  await t.test('verify needs neither home nor network and says by how many it is witnessed', async () => {
    const { code, out } = await verify('--json')
    assert.equal(code, 0)
    const verdict = JSON.parse(out) as { verified: boolean; witnesses: number; rungs: { ok: boolean }[] }
    assert.equal(verdict.verified, true)
    assert.equal(verdict.witnesses, 1)
    assert.ok(verdict.rungs.every((rung) => rung.ok))
  })

  await t.test('a changed byte in any of the three files is caught, with exit code 1', async () => {
    for (const name of ['receipt.json', 'export.json', 'trust.json']) {
      const whole = readFileSync(at(name))
      const changed = Buffer.from(whole)
      const place = Math.floor(whole.length / 2)
      changed[place] = (changed[place] ?? 0) ^ 1
      writeFileSync(at(name), changed)
      assert.equal((await verify()).code, 1, name)
      writeFileSync(at(name), whole)
    }
    assert.equal((await verify()).code, 0)
  })

  await t.test('nothing personal is in what the program prints', async () => {
    node.kill('SIGINT')
    const { code, out, log } = await node.finished
    assert.equal(code, 0)
    for (const person of people(seeded(20_261_123), 120)) {
      assert.ok(!(out + log).includes(person.idNumber))
      assert.ok(!(out + log).includes(person.phone))
    }
  })

  await t.test('starting again goes on where it was, without taking the day in twice', async () => {
    const again = startMeridian(['start', '--home', home])
    t.after(() => again.kill('SIGKILL'))
    await again.said(/Ctrl-C ends it/)
    const { out } = await meridian(['status', '--home', home, '--json'])
    assert.equal((JSON.parse(out) as { vault: { received: number } }).vault.received, 362)
    again.kill('SIGTERM')
    assert.equal((await again.finished).code, 0)
  })
})
