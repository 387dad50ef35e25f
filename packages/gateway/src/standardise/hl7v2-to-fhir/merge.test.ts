/** Merges of patients, and how an update is joined to what is already held. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRoomRefusal } from '../../room-refusal.ts'
import type { Standardised, StandardRecord } from '../standardised.ts'
import { createJoiner, type ExistingRecord, type Joiner, recordsToOpen } from './join-existing.ts'
import { fixture, message, refused, segment, standardised } from './test-conversion.ts'

const pid = 'PID|1||0012345^^^HIS^MR||张^三'

function joined(joiner: Joiner, item: Standardised): Standardised {
  const made = joiner.join(item)
  assert.ok(!isRoomRefusal(made), JSON.stringify(made))
  return made
}

/** What the store holds after messages, each joined to what was there: `Type/id` to its text. */
function storeAfter(...messages: Uint8Array[]): Map<string, ExistingRecord> {
  const heads = new Map<string, ExistingRecord>()
  for (const bytes of messages) {
    const item = standardised(bytes)
    const { records } = joined(createJoiner(heads), item)
    for (const record of records) {
      const { message: said } = record.times
      heads.set(`${record.type}/${record.id}`, {
        text: record.text,
        ...(said === undefined ? {} : { messageTime: said }),
      })
    }
  }
  return heads
}

const patients = (store: Map<string, ExistingRecord>) =>
  [...store].filter(([name]) => name.startsWith('Patient/')).map(([, { text }]) => JSON.parse(text))

test('a merge links the two patients both ways and retires the prior one', () => {
  const [survivor, prior] = patients(storeAfter(fixture('adt-a40.hl7')))
  assert.deepEqual(survivor.link, [{ other: { reference: `Patient/${prior.id}` }, type: 'replaces' }])
  assert.deepEqual(prior.link, [{ other: { reference: `Patient/${survivor.id}` }, type: 'replaced-by' }])
  assert.deepEqual([survivor.active, prior.active], [undefined, false])
  assert.deepEqual([prior.identifier[0].value, prior.name[0].text], ['0099999', '张叁'])
})

test('a merge takes nothing away from what is known of either', () => {
  const register = message('ADT^A28', `${pid}||19491231|1|||青山路^^青山县`)
  const [survivor] = patients(storeAfter(register, fixture('adt-a40.hl7')))
  assert.equal(survivor.birthDate, '1949-12-31')
  assert.equal(survivor.address[0].city, '青山县')
  assert.equal(survivor.link.length, 1)
})

test('a second merge keeps the link of the first, and an update of the prior patient does not undo a merge', () => {
  const later = 'EVN||20260307080000'
  const second = message('ADT^A40', later, pid, 'MRG|77^^^HIS^MR')
  const update = message('ADT^A31', later, 'PID|1||0099999^^^HIS^MR||张^叁||19491231')
  const [survivor, prior] = patients(storeAfter(fixture('adt-a40.hl7'), second, update))
  assert.equal(survivor.link.length, 2)
  assert.equal(prior.active, false)
  assert.equal(prior.link.length, 1)
})

const unlink = (time: string, ...pids: string[]) => message('ADT^A37', `EVN||${time}`, ...pids)
const away = 'PID|1||0099999^^^HIS^MR||张^叁'

test('an A37 undoes a merge: the links go, the prior patient is active again, all else stays', () => {
  const merged = [message('ADT^A28', `${pid}||19491231`), fixture('adt-a40.hl7')]
  for (const pids of [
    [pid, away],
    [away, pid],
  ]) {
    const [first, second] = patients(storeAfter(...merged, unlink('20260307080000', ...pids)))
    assert.deepEqual(
      [first.link, second.link, first.active, second.active],
      [undefined, undefined, undefined, true],
    )
    assert.deepEqual([first.birthDate, second.identifier[0].value], ['1949-12-31', '0099999'])
  }
})

test('of two merges an A37 undoes the one it names, and a patient who was merged twice stays away', () => {
  const later = 'EVN||20260307080000'
  const second = message('ADT^A40', later, pid, 'MRG|77^^^HIS^MR')
  const onward = message('ADT^A40', later, 'PID|1||8^^^HIS^MR', 'MRG|0099999^^^HIS^MR')
  const store = storeAfter(fixture('adt-a40.hl7'), second, onward, unlink('20260308080000', pid, away))
  const [survivor, prior] = patients(store)
  assert.equal(survivor.link.length, 1)
  assert.deepEqual([prior.active, prior.link.length], [false, 1])
})

test('an A37 whose patients are not merged here is refused, and so is a second one', () => {
  const item = standardised(unlink('20260307080000', pid, away))
  const refusal = createJoiner(new Map()).join(item)
  assert.ok('refusedBy' in refusal)
  assert.deepEqual([refusal.refusedBy, refusal.code], ['standardise', 'hl7v2.not-merged'])
  const undone = storeAfter(fixture('adt-a40.hl7'), unlink('20260307080000', pid, away))
  const again = createJoiner(undone).join(standardised(unlink('20260308080000', pid, away)))
  assert.ok('refusedBy' in again)
})

test('an A37 that is older than what is held changes nothing', () => {
  const store = storeAfter(fixture('adt-a40.hl7'))
  const item = createJoiner(store).join(standardised(unlink('19990101080000', pid, away)))
  assert.ok(!('refusedBy' in item))
})

test('an A37 needs two patients, two different ones, and no third', () => {
  assert.deepEqual(refused(unlink('20260307080000', pid)), ['hl7v2.segment-missing', 'PID'])
  assert.deepEqual(refused(unlink('20260307080000', pid, pid)), ['hl7v2.merge-self', 'PID[2]-3'])
  const third = 'PID|1||8^^^HIS^MR'
  assert.equal(refused(unlink('20260307080000', pid, away, third))[0], 'hl7v2.unlink-pair')
})

test('an A37 leaves versions with a Provenance that names the event', () => {
  const { records } = standardised(unlink('20260307080000', pid, away))
  assert.equal(records.length, 2)
  for (const { provenance } of records) assert.match(provenance, /A37/)
})

test('several merges in one message are several pairs', () => {
  const bytes = message('ADT^A40', pid, 'MRG|77^^^HIS^MR', 'PID|1||8^^^HIS^MR', 'MRG|88^^^HIS^MR')
  assert.equal(patients(storeAfter(bytes)).length, 4)
})

test('a merge without the prior number, without MRG, or into itself is refused', () => {
  assert.deepEqual(refused(message('ADT^A40', pid)), ['hl7v2.segment-missing', 'MRG'])
  assert.deepEqual(refused(message('ADT^A40', pid, 'MRG|')), ['hl7v2.merge-id', 'MRG-1'])
  assert.deepEqual(refused(message('ADT^A40', pid, 'MRG|0012345^^^HIS^MR')), ['hl7v2.merge-self', 'MRG-1'])
})

test('a laboratory message makes the patient it mentions only when nobody else has', () => {
  const oru = standardised(fixture('oru-r01.hl7'))
  assert.deepEqual(recordsToOpen([oru]), [])
  const known = (record: StandardRecord) => ['Patient', 'Encounter'].includes(record.type)
  const types = (item: typeof oru) => item.records.map((record) => record.type)
  assert.equal(types(joined(createJoiner(new Map()), oru)).includes('Patient'), true)
  assert.equal(types(joined(createJoiner(new Map(), known), oru)).includes('Patient'), false)
  assert.equal(types(joined(createJoiner(new Map(), known), oru)).includes('Observation'), true)
})

test('what an earlier message of the same group will store counts for the later ones', () => {
  const [admission, result] = [fixture('adt-a01.hl7'), fixture('oru-r01.hl7')].map((bytes) =>
    standardised(bytes),
  )
  assert.ok(admission && result)
  const joiner = createJoiner(new Map())
  joiner.accept(joined(joiner, admission))
  assert.equal(
    joined(joiner, result).records.some((record) => record.type === 'Patient'),
    false,
  )
})

test('a field that is absent changes nothing, and one that is said to be empty goes', () => {
  const register = message('ADT^A28', `${pid}||19491231|1|||青山路^^青山县||13800000000|||20`)
  const update = (tail: string) => message('ADT^A31', `PID|1||0012345^^^HIS^MR||张^三丰${tail}`)
  const [kept] = patients(storeAfter(register, update('')))
  assert.deepEqual([kept.name[0].text, kept.birthDate, kept.telecom.length], ['张三丰', '1949-12-31', 1])
  const [cleared] = patients(storeAfter(register, update('||||||""||""')))
  assert.deepEqual(
    [cleared.address, cleared.telecom, cleared.birthDate],
    [undefined, undefined, '1949-12-31'],
  )
})

test('a discharge keeps the admission, its cancellation takes it back, and an update does not move the visit', () => {
  const visit = (store: Map<string, ExistingRecord>) =>
    JSON.parse([...store].find(([name]) => name.startsWith('Encounter/'))?.[1].text ?? '')
  const pv1 = segment('PV1', { 2: 'I', 19: 'ZY20260301001^^^HIS^VN' })
  const discharged = [fixture('adt-a01.hl7'), fixture('adt-a03.hl7')]
  const after = (event: string, time: string) => {
    const bytes = message(event, `EVN||${time}`, pid, pv1)
    return visit(storeAfter(...discharged, bytes))
  }
  const ended = visit(storeAfter(...discharged))
  assert.deepEqual(
    [ended.period.start, ended.period.end],
    ['2026-03-01T09:25:00+08:00', '2026-03-05T14:30:00+08:00'],
  )
  const updated = after('ADT^A08', '20260306080000')
  assert.deepEqual([updated.status, updated.period.end], ['finished', ended.period.end])
  const reopened = after('ADT^A13', '20260306080000')
  assert.deepEqual([reopened.status, reopened.period], ['in-progress', { start: ended.period.start }])
  assert.equal(reopened.hospitalization?.dischargeDisposition, undefined)
})

test('a message older than the head gathers nothing newer on its way', () => {
  const store = storeAfter(fixture('adt-a03.hl7'))
  const late = standardised(fixture('adt-a01.hl7'))
  const [patient] = joined(createJoiner(store), late).records
  assert.equal(patient?.text, late.records[0]?.text)
})
