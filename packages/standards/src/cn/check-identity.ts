/** A patient's identity documents: type (CV02.01.101) and number, or a coded reason; GB 11643 numbers with cross-checks. */

import type { JsonObject } from '../fhirpath/navigate.ts'
import type { FindingCode } from '../findings-catalogue.ts'
import { checkIdNumber, type IdNumberProblem } from '../gb11643.ts'
import { report, type Walk } from '../walk.ts'
import type { CodeTable } from './code-table.ts'
import { codeIn, extensionOf, objectsOf, textOf } from './json-parts.ts'
import { absentReasonExtension, nationalSystems } from './national-codes.ts'

/** The tables the identity rules read, and the day that counts as today. */
export interface IdentityRules {
  readonly documentTypes: CodeTable
  readonly absentReasons: CodeTable
  readonly today?: string
}

/** HL7 table 0203 types that are the same documents. */
const hl7Types: Readonly<Record<string, string>> = { NI: '01', NNCHN: '01', PPN: '03', DL: '05' }
const hl7TypeSystem = 'http://terminology.hl7.org/CodeSystem/v2-0203'

const residentCard = '01'

/** Checks `Patient.identifier`; the walk stands at the patient. */
export function checkIdentity(patient: JsonObject, rules: IdentityRules, walk: Walk): void {
  const identifiers = objectsOf(patient.identifier)
  let documents = checkReason(patient, rules, walk) ? 1 : 0
  identifiers.forEach((identifier, i) => {
    walk.path.push('identifier', i)
    if (checkDocument(identifier, patient, rules, walk)) documents += 1
    walk.path.length -= 2
  })
  if (documents > 0) return
  report(
    walk,
    identifiers.length > 0 ? 'cn.identity-document-missing' : 'cn.identifier-missing',
    {},
    'identifier',
  )
}

/** Whether the identifier is an identity document, or the coded reason why there is none. */
function checkDocument(
  identifier: JsonObject,
  patient: JsonObject,
  rules: IdentityRules,
  walk: Walk,
): boolean {
  const type = documentType(identifier)
  if (type !== undefined && !rules.documentTypes.codes.has(type))
    report(walk, 'cn.id-document-type', { allowed: rules.documentTypes.allowed }, 'type')
  const value = textOf(identifier.value)
  if (value === undefined)
    return checkReason(identifier, rules, walk) || checkReason(identifier._value, rules, walk)
  if (type === residentCard) checkResidentNumber(value, patient, rules, walk)
  return type !== undefined
}

function documentType(identifier: JsonObject): string | undefined {
  const national = codeIn(identifier.type, nationalSystems.idDocumentType)
  if (national !== undefined) return national
  if (identifier.system === nationalSystems.residentId) return residentCard
  return hl7Types[codeIn(identifier.type, hl7TypeSystem) ?? '']
}

/** Whether an element carries a reason for absence; reports a code that is none of ours. */
function checkReason(element: unknown, { absentReasons }: IdentityRules, walk: Walk): boolean {
  const reason = extensionOf(element, absentReasonExtension)
  if (reason === undefined) return false
  const code = textOf(reason.valueCode)
  if (code === undefined || !absentReasons.codes.has(code))
    report(walk, 'cn.absent-reason-code', { allowed: absentReasons.allowed })
  return true
}

const problemCodes: Readonly<Record<IdNumberProblem, FindingCode>> = {
  form: 'cn.id-number-form',
  'check-character': 'cn.id-number-check-character',
  'birth-date': 'cn.id-number-birth-date',
  future: 'cn.id-number-future',
  region: 'cn.id-number-region',
}

function checkResidentNumber(value: string, patient: JsonObject, { today }: IdentityRules, walk: Walk): void {
  const reading = checkIdNumber(value, today)
  for (const problem of reading.problems) report(walk, problemCodes[problem], {}, 'value')
  // A number that is mistyped says nothing about the person.
  if (reading.problems.includes('form') || reading.problems.includes('check-character')) return
  const gender = patient.gender
  if ((gender === 'male' || gender === 'female') && gender !== reading.sex)
    report(walk, 'cn.id-number-sex', {}, 'value')
  const birthDate = textOf(patient.birthDate)
  if (birthDate !== undefined && reading.birthDate !== undefined && !reading.birthDate.startsWith(birthDate))
    report(walk, 'cn.id-number-birth-date-differs', {}, 'value')
}
