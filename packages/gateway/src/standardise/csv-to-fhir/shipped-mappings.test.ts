// The two hepatobiliary tables (issue: Real input), through mapping files of ours.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { convertCsv, resourcesOf, shippedMapping } from '../../../fixtures/csv-conversion.ts'
import { needsSharedData, sharedData } from '../../../fixtures/received.ts'

interface Observation {
  readonly resourceType: string
  readonly code: { text: string; coding: { code: string }[] }
  readonly valueQuantity?: { value: number; unit: string }
  readonly valueCodeableConcept?: { coding: { code: string }[] }
  readonly dataAbsentReason?: object
}

async function observations(part: string, mapping: string) {
  const results = await convertCsv(readFileSync(join(sharedData, part)), shippedMapping(mapping))
  const rows = results.map((row) => resourcesOf(row) as unknown as Observation[])
  return { rows, all: rows.flat().filter((one) => one.resourceType === 'Observation') }
}

const withCode = (all: Observation[], code: string) => all.filter((one) => one.code.coding[0]?.code === code)

const ilpd = '01-hepatobiliary/ilpd'
const headings = ['ilpd.csv', 'indian_liver_patient-header-variant.csv']

for (const file of headings) {
  test(
    `ILPD ${file}: 583 rows through one mapping, 4 empty A/G cells said to be unknown`,
    needsSharedData(ilpd),
    async () => {
      const { rows, all } = await observations(`${ilpd}/${file}`, 'ilpd')
      assert.equal(rows.length, 583)
      const ratios = withCode(all, '1759-0')
      assert.equal(ratios.length, 583)
      assert.equal(ratios.filter((one) => one.dataAbsentReason !== undefined).length, 4)
      const groups = withCode(all, 'ilpd-group').map((one) => one.valueCodeableConcept?.coding[0]?.code)
      assert.deepEqual(
        [
          groups.filter((code) => code === 'liver-patient').length,
          groups.filter((code) => code === 'no-liver-disease').length,
        ],
        [416, 167],
      )
    },
  )
}

test('both headings of ILPD give the same values', needsSharedData(ilpd), async () => {
  const [one, other] = await Promise.all(headings.map((file) => observations(`${ilpd}/${file}`, 'ilpd')))
  assert.deepEqual(one?.all, other?.all)
})

const hcv = '01-hepatobiliary/hcv-germany'

test(
  'hcv-germany: 615 rows, 533/7/24/21/30 per class, NA said to be unknown',
  needsSharedData(hcv),
  async () => {
    const { rows, all } = await observations(`${hcv}/hcvdat0.csv`, 'hcv-germany')
    assert.equal(rows.length, 615)
    const count = new Map<string, number>()
    for (const one of withCode(all, 'hcv-category')) {
      const code = one.valueCodeableConcept?.coding[0]?.code ?? ''
      count.set(code, (count.get(code) ?? 0) + 1)
    }
    assert.deepEqual([...count.values()], [533, 7, 24, 21, 30])
    assert.equal(all.filter((one) => one.dataAbsentReason !== undefined).length, 31)
    assert.equal(rows.flat().filter((one) => one.resourceType === 'Condition').length, 75)
  },
)
