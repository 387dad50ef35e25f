/** Merges of patients, and how an update is joined to what is already held. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CanonicalText } from '@meridian/protocol'
import { createJoiner, type ExistingRecord, recordsToLookUp } from './join-existing.ts'
import { fixture, message, refused, segment, standardised } from './test-conversion.ts'
import { undoMerge } from './undo-merge.ts'

const pid = 'PID|1||0012345^^^HIS^MR||张^三'

/** What the store holds after messages, each joined to what was there: `Type/id` to its text. */
function storeAfter(...messages: Uint8Array[]): Map<string, ExistingRecord> {
  const heads = new Map<string, ExistingRecord>()
  for (const bytes of messages) {
    const item = standardised(bytes)
    const { records } = createJoiner(heads).join(item)
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

test('a merge can be undone: the links go and the prior patient is active again', () => {
  const store = storeAfter(message('ADT^A28', `${pid}||19491231`), fixture('adt-a40.hl7'))
  const [survivor, prior] = patients(store)
  const texts = {
    survivor: store.get(`Patient/${survivor.id}`)?.text as CanonicalText,
    prior: store.get(`Patient/${prior.id}`)?.text as CanonicalText,
  }
  const undone = undoMerge({ ...texts, survivorId: survivor.id, priorId: prior.id })
  assert.ok(undone)
  const [first, second] = [JSON.parse(undone.survivor), JSON.parse(undone.prior)]
  assert.deepEqual([first.link, second.link, second.active], [undefined, undefined, true])
  assert.equal(first.birthDate, '1949-12-31')
  assert.equal(undoMerge({ ...undone, survivorId: survivor.id, priorId: prior.id }), undefined)
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
  const names = recordsToLookUp([oru])
  assert.deepEqual(
    names.map((name) => name.split('/')[0]),
    ['Patient', 'Encounter'],
  )
  const known = new Map(names.map((name) => [name, { text: '{}' as CanonicalText }]))
  const types = (item: typeof oru) => item.records.map((record) => record.type)
  assert.equal(types(createJoiner(new Map()).join(oru)).includes('Patient'), true)
  assert.equal(types(createJoiner(known).join(oru)).includes('Patient'), false)
  assert.equal(types(createJoiner(known).join(oru)).includes('Observation'), true)
})

test('what an earlier message of the same group will store counts for the later ones', () => {
  const [admission, result] = [fixture('adt-a01.hl7'), fixture('oru-r01.hl7')].map((bytes) =>
    standardised(bytes),
  )
  assert.ok(admission && result)
  const joiner = createJoiner(new Map())
  joiner.accept(joiner.join(admission))
  assert.equal(
    joiner.join(result).records.some((record) => record.type === 'Patient'),
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
  const [patient] = createJoiner(store).join(late).records
  assert.equal(patient?.text, late.records[0]?.text)
})
