// A place is shown in the reader's language; what is no column or line stays as the standard writes it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zh } from '../words/zh.ts'
import { placeName } from './place-name.ts'

const t = (key: keyof typeof zh, values: Readonly<Record<string, string | number>> = {}) =>
  zh[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))

test('columns and lines are said in Chinese, with the element beside them', () => {
  const shown = (place: string) => placeName(place, { t })
  assert.equal(shown('column "体温"'), '列“体温”')
  assert.equal(shown('column "体温" (Observation.valueQuantity)'), '列“体温” (Observation.valueQuantity)')
  assert.equal(shown('column 3'), '第 3 列')
  assert.equal(shown('line 2'), '第 2 行')
  assert.equal(shown('line 2, column 3'), '第 2 行第 3 列')
})

test('an HL7 v2 field and a FHIR path stay as they are', () => {
  for (const place of ['PID-8', 'OBX[2]-5', 'Patient.name[0].family', 'headings', ''])
    assert.equal(placeName(place, { t }), place)
})
