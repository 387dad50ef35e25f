/** `meridian quality` with the real program: run, drill-down, trends, CSV, before and after, sources, a score published and verified. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { folderFor, meridian, startMeridian } from './meridian-process.ts'

const icd = 'http://hl7.org/fhir/sid/icd-10'

/** Persons `from` to `to`; every third has no main diagnosis, and number 1 is born after admission. */
function persons(from: number, to: number, missing = (n: number) => n % 3 === 0): string {
  const lines: object[] = []
  for (let n = from; n < to; n += 1) {
    lines.push({
      resourceType: 'Patient',
      id: `p${n}`,
      gender: 'female',
      birthDate: n === 1 ? '2026-03-20' : '1980-01-01',
    })
    lines.push({
      resourceType: 'Encounter',
      id: `e${n}`,
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
      serviceType: { text: n % 2 === 0 ? '心内科' : '肝胆外科' },
      subject: { reference: `Patient/p${n}` },
      period: { start: '2026-03-01', end: '2026-03-08' },
      ...(missing(n) ? {} : { diagnosis: [{ rank: 1, condition: { reference: `Condition/c${n}` } }] }),
    })
    lines.push({
      resourceType: 'Condition',
      id: `c${n}`,
      code: { coding: [{ system: icd, code: 'K74.6' }], text: '肝硬化' },
      subject: { reference: `Patient/p${n}` },
      encounter: { reference: `Encounter/e${n}` },
      recordedDate: '2026-03-02',
    })
  }
  return lines.map((line) => JSON.stringify(line)).join('\n')
}

test('data quality is run, shown, compared, published and verified', { timeout: 300_000 }, async (t) => {
  const folder = folderFor(t)
  const home = join(folder, 'home')
  const node = startMeridian(['start', '--empty', '--home', home, '--port', '0'])
  t.after(() => node.kill('SIGKILL'))
  await node.said(/Ctrl-C ends it/)
  const ask = async (...args: string[]) => {
    const { code, out, log } = await meridian([...args, '--home', home, '--json'])
    return { code, log, answer: JSON.parse(out === '' ? '{}' : out) }
  }
  const take = async (text: string) => {
    writeFileSync(join(folder, 'a.ndjson'), text)
    const taken = await meridian(['intake', join(folder, 'a.ndjson'), '--home', home])
    assert.equal(taken.code, 0, taken.out + taken.log)
  }
  await take(persons(0, 30))

  await t.test('a run counts what is missing, by department, and names the records with a hint', async () => {
    const { answer } = await ask('quality', 'run')
    const main = answer.checks.find((check: { id: string }) => check.id === 'encounter.main-diagnosis')
    assert.deepEqual([answer.persons, main.failed, main.counted, main.state], [30, 10, 30, 'failed'])
    assert.equal(main.kpi, 'mainDxMissingRate')
    const by = (await ask('quality', 'show', '--by', 'department', '--check', 'encounter.main-diagnosis'))
      .answer
    assert.deepEqual(
      by.items.map((item: { value: string; failed: number }) => [item.value, item.failed]),
      [
        ['心内科', 5],
        ['肝胆外科', 5],
      ],
    )
    const failing = (await ask('quality', 'failures', 'encounter.after-birth')).answer
    assert.equal(failing.items.length, 1)
    assert.match(failing.items[0].id, /^[0-9a-f]{32}$/)
    assert.match(failing.check.hint.en, /birth date/)
  })

  await t.test('a run of one department counts only that', async () => {
    const { answer } = await ask('quality', 'run', '--department', '心内科')
    const main = answer.checks.find((check: { id: string }) => check.id === 'encounter.main-diagnosis')
    assert.deepEqual([main.failed, main.counted], [5, 15])
    const { code, answer: refused } = await ask('quality', 'publish')
    assert.deepEqual([code, refused.refused.code], [1, 'quality-scope-partial'])
  })

  await t.test('before and after are computed from two runs, and the trend has them all', async () => {
    await take(persons(0, 30, () => false))
    const after = (await ask('quality', 'run')).answer
    const { answer } = await ask('quality', 'compare', '1', String(after.run))
    const kpi = answer.checks.find((row: { kpi: string }) => row.kpi === 'mainDxMissingRate')
    assert.deepEqual([kpi.before.share, kpi.after.share, kpi.relative], [10 / 30, 0, -1])
    const trend = (await ask('quality', 'trend', '--check', 'encounter.main-diagnosis')).answer
    assert.deepEqual(
      trend.items.map((item: { failed: number }) => item.failed),
      [10, 5, 0],
    )
  })

  await t.test('an element amended three times raises the alarm, by its path alone', async () => {
    for (const family of ['甲', '乙', '丙', '丁'])
      await take(JSON.stringify({ resourceType: 'Patient', id: 'p0', gender: 'female', name: [{ family }] }))
    const { answer } = await ask('quality', 'run')
    const [worst] = answer.measures.frequentEdits
    assert.deepEqual([worst.path, worst.edits >= 3], ['/name/0/family', true])
    assert.equal(JSON.stringify(answer.measures).includes('丁'), false)
    assert.ok(answer.measures.anchorLag.count > 90)
  })

  await t.test('CSV, thresholds and the print-out for people', async () => {
    const file = join(folder, 'quality.csv')
    assert.equal((await meridian(['quality', 'export', '-o', file, '--home', home])).code, 0)
    assert.match(readFileSync(file, 'utf8'), /"encounter.main-diagnosis","measureValueCompleteness"/)
    await ask('quality', 'thresholds', 'person.allergy-history', '100')
    const shown = await meridian(['quality', 'show', '--home', home])
    assert.match(shown.out, /✔\s+person.allergy-history/)
    assert.equal((await ask('quality', 'thresholds', 'no-such', '1')).code, 1)
  })

  await t.test('two sources are compared by what they write', async () => {
    const { answer } = await ask('quality', 'compare-sources', 'files-fhir', 'files-csv')
    assert.deepEqual([answer.b.records, answer.share], [0, 1])
  })

  await t.test('a score is published, and verified without rows; an altered one is not', async () => {
    const { answer } = await ask('quality', 'publish', '--run', '1')
    const score = JSON.parse(answer.document)
    const bad = score.checks.find((row: { check: string }) => row.check === 'encounter.after-birth')
    assert.deepEqual([bad.failed, bad.counted], [null, 30])
    assert.equal(answer.document.includes('心内科'), false)
    const file = join(folder, 'score.json')
    writeFileSync(file, answer.document)
    const good = await ask('quality', 'verify', file)
    assert.deepEqual([good.code, good.answer.verified], [0, true])
    const main = score.checks.find((row: { check: string }) => row.check === 'encounter.main-diagnosis')
    main.failed = 5
    writeFileSync(file, JSON.stringify(score))
    const altered = await ask('quality', 'verify', file)
    assert.deepEqual([altered.code, rungsThatFail(altered.answer)], [1, ['attested']])
    writeFileSync(file, JSON.stringify({ ...score, batches: score.batches.slice(1) }))
    const partial = await ask('quality', 'verify', file)
    assert.deepEqual(rungsThatFail(partial.answer).includes('coverage'), true)
    writeFileSync(file, '{"format":"meridian-quality-score/1"}')
    assert.equal((await ask('quality', 'verify', file)).answer.refused.code, 'quality-score-malformed')
  })

  await t.test('interconnection is counted from who anchored', async () => {
    const { answer } = await ask('quality', 'interconnection')
    assert.deepEqual(
      answer.items.map((item: { known: number; connected: number; rate: number }) => [
        item.known,
        item.connected,
        item.rate,
      ]),
      [[1, 1, 1]],
    )
  })
})

function rungsThatFail({ rungs }: { rungs: { rung: string; holds: boolean }[] }): string[] {
  return rungs.filter(({ holds }) => !holds).map(({ rung }) => rung)
}
