/** Daily totals reach the ledger once for each finished day. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { decodeStatement, isRefusal, type Refusal, refuse } from '@meridian/protocol'
import { createSigner, nodeSuite } from '@meridian/protocol/node'
import { createDayRecorder, type DayParts } from './record-days.ts'

function partsOf(days: string[], answer: () => Refusal | undefined) {
  const submitted: Uint8Array[] = []
  const marked: string[] = []
  const clock = { time: '2026-03-03T08:00:00Z', now: () => new Date(clock.time) }
  const parts: DayParts = {
    outbox: {
      daysToRecord: async () => days.filter((day) => !marked.includes(day)),
      dailyTotals: async () => [{ dimension: 'kind', code: 'Observation', count: 12 }],
      markDayRecorded: async (day) => void marked.push(day),
    },
    ledger: {
      submit: async (bytes) => {
        submitted.push(bytes)
        return answer()
      },
      blockTimeSeconds: async () => 1_772_000_000n,
    },
    signing: {
      suite: nodeSuite,
      signer: createSigner(randomBytes(32)),
      organisationId: 'hospital-a',
      genesisHash: randomBytes(32),
      newUniqueId: () => randomBytes(16),
    },
    clock,
  }
  return { parts, submitted, marked, clock }
}

test('every finished day is stated once, signed by the organisation, and marked', async () => {
  const { parts, submitted, marked } = partsOf(['2026-03-01', '2026-03-02'], () => undefined)
  const recordDays = createDayRecorder(parts)
  await recordDays()
  await recordDays()
  const kinds = submitted.map((bytes) => decodeStatement(nodeSuite, bytes))
  assert.deepEqual(
    kinds.map((s) => !isRefusal(s) && s.subject),
    ['totals:2026-03-01', 'totals:2026-03-02'],
  )
  assert.deepEqual(marked, ['2026-03-01', '2026-03-02'])
})

test('a day that the ledger has already, after a crash between submitting and marking, is marked', async () => {
  const { parts, marked } = partsOf(['2026-03-02'], () => refuse('evidence', 'evidence.totals-exist'))
  await createDayRecorder(parts)()
  assert.deepEqual(marked, ['2026-03-02'])
})

test('another refusal leaves the day to be tried again', async () => {
  const { parts, marked } = partsOf(['2026-03-02'], () => refuse('evidence', 'membership.not-active'))
  await assert.rejects(createDayRecorder(parts)())
  assert.deepEqual(marked, [])
})

test('the next day is looked for when the date has changed', async () => {
  const days = ['2026-03-02']
  const { parts, marked, clock } = partsOf(days, () => undefined)
  const recordDays = createDayRecorder(parts)
  await recordDays()
  days.push('2026-03-03')
  clock.time = '2026-03-04T00:00:01Z'
  await recordDays()
  assert.deepEqual(marked, ['2026-03-02', '2026-03-03'])
})
