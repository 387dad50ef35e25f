/** Where in an HL7 v2 message an element of the converted record most likely came from (HL7 v2-to-FHIR, PID and PV1 maps). */

const fields: readonly (readonly [path: string, field: string])[] = [
  ['Patient.identifier', 'PID-3'],
  ['Patient.name', 'PID-5'],
  ['Patient.birthDate', 'PID-7'],
  ['Patient.gender', 'PID-8'],
  ['Patient.address', 'PID-11'],
  ['Patient.telecom', 'PID-13'],
  ['Patient.maritalStatus', 'PID-16'],
  ['Patient.deceased', 'PID-29'],
  ['Encounter.class', 'PV1-2'],
  ['Encounter.location', 'PV1-3'],
  ['Encounter.identifier', 'PV1-19'],
  ['Encounter.period', 'PV1-44'],
]

/** The field for a FHIR path; `undefined` where several segments could have made it (any OBX, any DG1). Repetitions keep their order. */
export function hl7FieldOf(path: string): string | undefined {
  const [start, field] = fields.find(([begin]) => path.startsWith(begin)) ?? []
  if (start === undefined) return undefined
  const index = /^\[(\d+)\]/.exec(path.slice(start.length))?.[1]
  return index === undefined ? field : `${field}[${Number(index) + 1}]`
}
