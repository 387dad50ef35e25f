/** The FHIR files of the sample day: a transfer summary as a transaction Bundle, and a device's readings as NDJSON. */
import type { Person } from './people.ts'
import type { Seeded } from './seeded.ts'

const isoDate = (d: string) => `${d.slice(0, 4)}-${d.slice(4, 6)}-${d.slice(6, 8)}`

const patient = (p: Person) => ({
  resourceType: 'Patient',
  identifier: [
    {
      type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'NI' }] },
      system: 'urn:oid:2.16.156.1.1.2.1.1',
      value: p.idNumber,
    },
    { system: 'http://ziwu.example/mrn', value: p.number },
  ],
  name: [{ text: `${p.family}${p.given}`, family: p.family, given: [p.given] }],
  gender: p.sex === '1' ? 'male' : 'female',
  birthDate: isoDate(p.birthDate),
})

const entry = (fullUrl: string, resource: object & { resourceType: string }) => ({
  fullUrl,
  resource,
  request: { method: 'POST', url: resource.resourceType },
})

/** A referral summary: patient, visit, main diagnosis, allergy and one result, linked by urn:uuid. */
export function transferBundle(p: Person): string {
  const [who, visit, diagnosis, allergy, result] = [1, 2, 3, 4, 5].map(
    (n) => `urn:uuid:0c9a7d20-5b1e-4d5e-9b7e-00000000000${n}`,
  ) as [string, string, string, string, string]
  const subject = { reference: who }
  return JSON.stringify({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      entry(who, patient(p)),
      entry(visit, {
        resourceType: 'Encounter',
        status: 'finished',
        class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
        subject,
        period: { start: '2026-11-20T09:10:00+08:00', end: '2026-11-23T10:00:00+08:00' },
        diagnosis: [{ condition: { reference: diagnosis }, rank: 1 }],
      } as never),
      entry(diagnosis, {
        resourceType: 'Condition',
        code: {
          coding: [
            { system: 'http://hl7.org/fhir/sid/icd-10', code: 'K80.2', display: '胆囊结石不伴有胆囊炎' },
          ],
        },
        subject,
        encounter: { reference: visit },
      } as never),
      entry(allergy, {
        resourceType: 'AllergyIntolerance',
        clinicalStatus: {
          coding: [
            { system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' },
          ],
        },
        code: { text: '青霉素' },
        patient: subject,
      } as never),
      entry(result, {
        resourceType: 'Observation',
        status: 'final',
        code: { coding: [{ system: 'http://loinc.org', code: '1975-2' }], text: '总胆红素' },
        subject,
        encounter: { reference: visit },
        effectiveDateTime: '2026-11-22T07:30:00+08:00',
        valueQuantity: { value: 17.1, unit: 'umol/L', system: 'http://unitsofmeasure.org', code: 'umol/L' },
      } as never),
    ],
  })
}

/** Bedside readings, a line each; one line is cut off as when a transfer breaks. */
export function deviceReadings(chance: Seeded, count: number): string {
  const lines = Array.from({ length: count }, (_, i) =>
    JSON.stringify({
      resourceType: 'Observation',
      id: `bed-${i + 1}`,
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }], text: '心率' },
      effectiveDateTime: `2026-11-23T${String(8 + Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}:00+08:00`,
      valueQuantity: {
        value: 58 + chance.whole(50),
        unit: '次/分',
        system: 'http://unitsofmeasure.org',
        code: '/min',
      },
      device: { display: '床旁监护仪 M-204' },
    }),
  )
  const last = lines[count - 1]
  if (last !== undefined) lines[count - 1] = last.slice(0, last.length - 20)
  return `${lines.join('\n')}\n`
}
