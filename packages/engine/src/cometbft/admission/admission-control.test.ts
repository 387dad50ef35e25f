/** Admission: what was let in is soon in a block, who sends too much is told when to come again, and the others do not feel it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefusal, type Refusal } from '@meridian/protocol'
import { createTurnedClock } from '../../fixtures/turned-clock.ts'
import { ADMISSION_DEFAULTS, type AdmissionControl, createAdmissionControl } from './admission-control.ts'
import { createIssuerRates } from './issuer-rates.ts'

const settings = { ...ADMISSION_DEFAULTS, leastWaiting: 10, targetSeconds: 2, maxWaiting: 1_000 }

/** A queue that only counts. */
function createCounts() {
  const counts = new Map<string, number>()
  return {
    get size() {
      return [...counts.values()].reduce((sum, count) => sum + count, 0)
    },
    get issuers() {
      return counts.size
    },
    sizeOf: (issuer: string) => counts.get(issuer) ?? 0,
    set(issuer: string, count: number) {
      if (count === 0) counts.delete(issuer)
      else counts.set(issuer, count)
    },
  }
}

function retryAfter(refusal: Refusal | undefined): unknown {
  assert.ok(isRefusal(refusal))
  assert.equal(refusal.code, 'statement.too-many')
  return refusal.detail.retryAfterSeconds
}

/** Asks, and lets what was let in go again. */
function look(control: AdmissionControl, issuer: string): Refusal | undefined {
  const answer = control.checkQueue(issuer)
  if (answer === undefined) control.arrived(issuer)
  return answer
}

test('before anything was measured a small number may wait, and more is told to come in a second', () => {
  const counts = createCounts()
  const control = createAdmissionControl(counts, settings, createTurnedClock(0))
  assert.equal(look(control, 'a'), undefined)
  counts.set('a', 10)
  assert.equal(retryAfter(look(control, 'a')), 5)
})

test('what may wait follows from how fast blocks take it', () => {
  const counts = createCounts()
  const clock = createTurnedClock(0)
  const control = createAdmissionControl(counts, settings, clock)
  control.entering()
  counts.set('a', 150)
  clock.turn(1_000)
  control.served(100)
  assert.equal(look(control, 'a'), undefined, '100 a second for two seconds are 200')
  counts.set('a', 200)
  assert.equal(retryAfter(look(control, 'a')), 1)
})

test('time in which nothing waited does not count as slow', () => {
  const counts = createCounts()
  const clock = createTurnedClock(0)
  const control = createAdmissionControl(counts, settings, clock)
  control.entering()
  clock.turn(1_000)
  control.served(100)
  clock.turn(3_600_000)
  control.entering()
  counts.set('a', 120)
  clock.turn(1_000)
  control.served(50)
  assert.equal(look(control, 'a'), undefined)
})

test('one that floods has its share only; another still gets in', () => {
  const counts = createCounts()
  const control = createAdmissionControl(counts, settings, createTurnedClock(0))
  counts.set('flood', 10)
  assert.equal(look(control, 'other'), undefined)
  counts.set('other', 4)
  assert.equal(look(control, 'other'), undefined)
  assert.ok(isRefusal(look(control, 'flood')))
})

test('when all that may wait waits, everyone is refused', () => {
  const counts = createCounts()
  const control = createAdmissionControl(counts, settings, createTurnedClock(0))
  counts.set('a', 1_000)
  assert.equal(look(control, 'b')?.code, 'statement.queue-full')
})

test('a rate is kept for each issuer by itself, with a burst of twice as much', () => {
  const rates = createIssuerRates(2)
  assert.deepEqual(
    Array.from({ length: 5 }, () => rates.take('a', 0)),
    [0, 0, 0, 0, 1],
  )
  assert.equal(rates.take('b', 0), 0)
  assert.equal(rates.take('a', 500), 0)
  assert.equal(rates.take('a', 500), 1)
})

test('a burst does not pass before the first of it waits: what is on its way counts', () => {
  const counts = createCounts()
  const control = createAdmissionControl(counts, settings, createTurnedClock(0))
  const answers = Array.from({ length: 50 }, () => control.checkQueue('a'))
  assert.equal(answers.filter((answer) => answer === undefined).length, 10)
  for (let n = 0; n < 4; n++) control.arrived('a')
  assert.equal(control.checkQueue('a'), undefined, 'four were refused for another reason')
  counts.set('a', 6)
  assert.ok(isRefusal(control.checkQueue('a')))
})
