/** The loads of the benchmarks: the same people and figures on every machine, in the three forms that hospitals send. */
import { liverResults, oru } from '../sample-day/hl7-messages.ts'
import { type Person, people } from '../sample-day/people.ts'
import { type Seeded, seeded } from '../sample-day/seeded.ts'

/** The forms. */
export type LoadKind = 'oru' | 'bundle' | 'csv'

/** One file of a load: `items` of its kind, numbered from `from`; two files with different numbers share no item. */
export interface LoadFile {
  readonly name: string
  readonly content: string
}

/** Everybody is known after the first file: later items find the patient unchanged, as in a hospital. */
const everyone = people(seeded(1), 200)

/** How many new record versions an item makes once its patient is known. */
export const recordsPerItem: Readonly<Record<LoadKind, number>> = { oru: 12, bundle: 11, csv: 4 }

/** How many people the loads speak of. */
export const peopleCount = everyone.length

/** The file. Effects: none. */
export function loadFile(kind: LoadKind, from: number, items: number): LoadFile {
  const chance = seeded(from + 1)
  const numbers = Array.from({ length: items }, (_, i) => from + i)
  const person = (n: number) => everyone[n % everyone.length] as Person
  switch (kind) {
    case 'oru':
      return {
        name: `oru-${from}.hl7`,
        content: numbers.map((n) => oruMessage(n, person(n), chance)).join(''),
      }
    case 'bundle':
      return {
        name: `bundle-${from}.ndjson`,
        content: numbers.map((n) => `${JSON.stringify(resultBundle(n, person(n), chance))}\n`).join(''),
      }
    case 'csv':
      return { name: `csv-${from}.csv`, content: vitalSigns(numbers, person, chance) }
  }
}

/** One OBR with ten OBX for a known patient. */
function oruMessage(n: number, person: Person, chance: Seeded): string {
  const head = { controlId: `LIS-${n}`, time: timeOf(n), application: 'LIS', kind: 'ORU^R01' }
  return oru(head, person, { id: `L${n}`, code: 'LIVER', name: '肝功能十项' }, liverResults(chance))
}

/** A transaction: a known patient put again, a report and its ten results, linked by `urn:uuid`. */
export function resultBundle(n: number, person: Person, chance: Seeded): object {
  const subject = { reference: `Patient/${person.number}` }
  const time = `${isoDate(timeOf(n))}T07:30:00+08:00`
  const results = liverResults(chance)
  const urn = (i: number) =>
    `urn:uuid:${String(n).padStart(8, '0')}-0000-4000-8000-${String(i).padStart(12, '0')}`
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    identifier: { system: 'http://ziwu.example/bundle', value: `B${n}` },
    entry: [
      { resource: patientOf(person), request: { method: 'PUT', url: `Patient/${person.number}` } },
      post(urn(0), {
        resourceType: 'DiagnosticReport',
        status: 'final',
        code: { text: '肝功能十项' },
        subject,
        effectiveDateTime: time,
        result: results.map((_, i) => ({ reference: urn(i + 1) })),
      }),
      ...results.map((result, i) => post(urn(i + 1), observationOf(result, subject, time))),
    ],
  }
}

/** One laboratory result of a known patient, as a client creates it by itself. */
export function singleObservation(n: number): object {
  const chance = seeded(n + 1)
  const person = everyone[n % everyone.length] as Person
  const result = liverResults(chance)[n % 10] as ReturnType<typeof liverResults>[number]
  return observationOf(
    result,
    { reference: `Patient/${person.number}` },
    `${isoDate(timeOf(n))}T07:30:00+08:00`,
  )
}

/** A bundle by its number, for clients that post it. */
export function numberedBundle(n: number): object {
  return resultBundle(n, everyone[n % everyone.length] as Person, seeded(n + 1))
}

const post = <R extends { readonly resourceType: string }>(fullUrl: string, resource: R) => ({
  fullUrl,
  resource,
  request: { method: 'POST', url: resource.resourceType },
})

function observationOf(
  { code, name, value, unit }: ReturnType<typeof liverResults>[number],
  subject: object,
  effectiveDateTime: string,
) {
  return {
    resourceType: 'Observation',
    status: 'final',
    category: [
      {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' },
        ],
      },
    ],
    code: { coding: [{ system: 'http://ziwu.example/lab', code }], text: name },
    subject,
    effectiveDateTime,
    valueQuantity: { value: Number(value), unit, system: 'http://unitsofmeasure.org', code: unit },
  }
}

const patientOf = ({ number, family, given, sex, birthDate }: Person) => ({
  resourceType: 'Patient',
  id: number,
  identifier: [{ system: 'http://ziwu.example/mrn', value: number }],
  name: [{ text: `${family}${given}`, family, given: [given] }],
  gender: sex === '1' ? 'male' : 'female',
  birthDate: isoDate(birthDate),
})

/** Vital signs, a row a visit: temperature, pulse and blood pressure. */
function vitalSigns(numbers: readonly number[], person: (n: number) => Person, chance: Seeded): string {
  const rows = numbers.map((n) => {
    const { number, family, given, sex, birthDate, idNumber } = person(n)
    const time = timeOf(n)
    const at = `${isoDate(time)} ${time.slice(8, 10)}:${time.slice(10, 12)}`
    const pressure = `${95 + chance.whole(60)},${60 + chance.whole(35)}`
    return `${number},${family}${given},${sex === '1' ? '男' : '女'},${birthDate},${idNumber},${at},${chance.decimal(36, 38.9, 1)}℃,${pressure},${58 + chance.whole(50)}`
  })
  return `门诊号,姓名,性别,出生日期,身份证号,测量时间,体温,收缩压,舒张压,脉搏\r\n${rows.join('\r\n')}\r\n`
}

// A minute an item, so that no two visits of one person are one visit.
const timeOf = (n: number) =>
  new Date(Date.UTC(2024, 0, 1) + n * 60_000).toISOString().replace(/[-T:]/g, '').slice(0, 14)

const isoDate = (d: string) => `${d.slice(0, 4)}-${d.slice(4, 6)}-${d.slice(6, 8)}`
