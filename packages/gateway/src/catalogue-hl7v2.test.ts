/** Every code of HL7 v2 has its words, and nothing that is said quotes what came. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { explainHl7, hl7Catalogue } from './catalogue-hl7v2.ts'
import { isRoomRefusal } from './room-refusal.ts'
import { convert, message, segment } from './standardise/hl7v2-to-fhir/test-conversion.ts'

const folders = ['connect/hl7v2/', 'standardise/hl7v2-to-fhir/']

function codesInSource(): Set<string> {
  const codes = new Set<string>()
  for (const folder of folders) {
    for (const name of readdirSync(new URL(folder, import.meta.url))) {
      if (name.endsWith('.test.ts')) continue
      const source = readFileSync(new URL(folder + name, import.meta.url), 'utf8')
      for (const [, code] of source.matchAll(/'(hl7v2\.[a-z0-9-]+)'/g)) codes.add(code as string)
    }
  }
  return codes
}

test('every code that is used has its words in Chinese and English, and every entry is used', () => {
  const used = codesInSource()
  assert.deepEqual(
    [...used].filter((code) => explainHl7(code) === undefined),
    [],
  )
  assert.deepEqual(
    hl7Catalogue.map((entry) => entry.code).filter((code) => !used.has(code)),
    [],
  )
  for (const { message: words, hint } of hl7Catalogue) {
    for (const text of [words, hint]) {
      assert.match(text.zh, /[\u4e00-\u9fff]/)
      assert.match(text.en, /^[A-Z"'].*\.$/)
    }
  }
})

test('no refusal and no finding quotes what came', () => {
  const mark = 'MARKED王'
  const pid = `PID|1||${mark}1^^^HIS^MR||${mark}`
  const marked = [
    message('ADT^A31', `PID|1||||${mark}`),
    message('ADT^A31', segment('PID', { 3: `${mark}1^^^HIS^MR`, 5: mark, 7: mark, 8: mark })),
    message('ADT^A01', pid, segment('PV1', { 2: 'I', 44: mark })),
    message(`${mark}^${mark}`, pid),
    message('ADT^A40', pid, 'MRG|'),
    message('ADT^A31', pid, `${mark} is no segment`),
    message('VXU^V04', pid, segment('RXA', { 3: mark, 5: mark, 6: mark })),
    ...['NM', 'SN', 'DT', 'TM', 'ED', 'XX'].map((type) =>
      message(
        'ORU^R01',
        pid,
        `OBR|1||${mark}|${mark}`,
        `OBX|1|${type}|${mark}||${mark}|${mark}|${mark}||||${mark}|||${mark}`,
      ),
    ),
    Buffer.from(`${mark} is no HL7`),
    Buffer.from(`MSH|^^^^|${mark}`),
    Buffer.from(`MSH|^~\\&|${mark}||||20260101||ADT^A01|1|P|2.5||||||${mark}\rPID|1`),
  ]
  for (const bytes of marked) {
    for (const onBadValue of ['refuse', 'absent'] as const) {
      const result = convert(bytes, { source: { onBadValue } })
      const said = isRoomRefusal(result) ? result : result.findings
      assert.doesNotMatch(JSON.stringify(said), /MARKED|王/, JSON.stringify(said))
    }
  }
})
