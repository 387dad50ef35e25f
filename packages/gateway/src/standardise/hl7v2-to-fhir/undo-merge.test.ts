/** A real merge message and the unlink that takes it back, through the whole corridor into a vault. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { accessAll } from '@meridian/vault'
import { openTestDoor, type TestDoor } from '../../../fixtures/fhir-door.ts'
import { needsSharedData, sharedData, sourceOf } from '../../../fixtures/received.ts'

const suite = '04-hl7v2/dcm4che/ADT^A40-PatientMerge.hl7'
const source = sourceOf({ name: 'his', kind: 'hl7v2' })

let door: TestDoor
let sent = 0
before(async () => {
  door = await openTestDoor()
})
after(() => door.close())

async function take(bytes: Uint8Array) {
  const controlId = `C${++sent}`
  const item = {
    form: 'hl7v2' as const,
    bytes,
    context: { via: 'mllp' },
    position: { index: sent },
    controlId,
  }
  const [outcome] = await door.corridor.takeIn([{ source, item }])
  return outcome
}

const unlink = (time: string) =>
  Buffer.from(
    [
      `MSH|^~\\&|MESA_OF|XYZ|NODE|NODE|${time}||ADT^A37^ADT_A37|${time}|P|2.5.1`,
      `EVN|A37|${time}`,
      'PID|||NEW_PID_1^^^ADT1||New_Smith^Lucy^Mark',
      'PID|||OLD_PID_1^^^ADT1||Old_Smith^Lucy^Mark',
    ].join('\r'),
  )

test('a real A40 is linked, taken back by an A37, and both patients keep every version with its Provenance', {
  ...needsSharedData(suite),
}, async () => {
  assert.equal((await take(unlink('20220324190000')))?.state, 'refused')
  const merged = await take(readFileSync(join(sharedData, suite)))
  assert.ok(merged?.state === 'taken-in')
  const undone = await take(unlink('20220325080000'))
  assert.ok(undone?.state === 'taken-in')
  assert.equal(undone.records.length, 2)
  for (const { type, id } of merged.records) {
    const before = await door.vault.records.vread(type, id, 1, accessAll)
    const now = await door.vault.records.read(type, id, accessAll)
    const [linked, free] = [before, now].map((version) => JSON.parse(version?.opened?.resource ?? '{}'))
    assert.equal(now?.version, 2)
    assert.deepEqual([linked.link.length, free.link], [1, undefined])
    assert.equal(free.active, linked.active === false ? true : linked.active)
    assert.deepEqual([free.name, free.identifier], [linked.name, linked.identifier])
    assert.match(now?.opened?.provenance ?? '', /A37/)
  }
  const again = await take(unlink('20220326080000'))
  assert.ok(again?.state === 'refused')
  assert.equal(again.refusal.code, 'hl7v2.not-merged')
})
