/** The profiles `cn-national` and `cn-national-strict`: what they ask beyond FHIR R4, by resource type. */
import { type ReadContent, readShipped } from '../data-files.ts'
import { isObject, type JsonObject } from '../fhirpath/navigate.ts'
import { entriesIn } from '../r4/check-bundle.ts'
import { report, type Walk } from '../walk.ts'
import { checkFrontPageComposition, checkFrontPageEncounter } from './check-front-page.ts'
import { checkIdentity, type IdentityRules } from './check-identity.ts'
import { checkQuantities, readValueRanges } from './check-quantity.ts'
import { checkSex } from './check-sex.ts'
import { readCodeTable } from './code-table.ts'
import { codeIn, extensionOf } from './json-parts.ts'
import { ethnicGroupExtension, nationalSystems } from './national-codes.ts'

/** Which of the two profiles, and the day that counts as today. */
export interface NationalOptions {
  readonly strict: boolean
  readonly today?: string
}

/** Checks one resource, or each entry of a Bundle; the walk is that of the resource. */
export type NationalCheck = (resource: unknown, options: NationalOptions, walk: Walk) => void

/** Reads the national tables once and makes the check. */
export function createNationalCheck(read: ReadContent = readShipped): NationalCheck {
  const sexCodes = readCodeTable('meridian.value-set.sex', read)
  const maritalCodes = readCodeTable('meridian.value-set.marital-status', read)
  const ethnicGroups = readCodeTable('meridian.value-set.ethnic-groups', read)
  const documentTypes = readCodeTable('meridian.value-set.id-document-types', read)
  const absentReasons = readCodeTable('meridian.value-set.absent-reasons', read)
  const ranges = readValueRanges(read)

  const checkPatient = (patient: JsonObject, { strict, today }: NationalOptions, walk: Walk): void => {
    const rules: IdentityRules = { documentTypes, absentReasons, ...(today === undefined ? {} : { today }) }
    checkSex(patient, sexCodes, strict, walk)
    checkIdentity(patient, rules, walk)
    const marital = codeIn(patient.maritalStatus, nationalSystems.maritalStatus)
    if (marital !== undefined && !maritalCodes.codes.has(marital))
      report(walk, 'cn.marital-status-code', { allowed: maritalCodes.allowed }, 'maritalStatus')
    const group = extensionOf(patient, ethnicGroupExtension)?.valueCodeableConcept
    const ethnic = codeIn(group, nationalSystems.ethnicGroup)
    if (ethnic !== undefined && !ethnicGroups.codes.has(ethnic))
      report(walk, 'cn.ethnic-group-code', {}, 'extension')
  }

  const byType: Readonly<Record<string, NationalCheck>> = {
    Patient: (patient, options, walk) => checkPatient(patient as JsonObject, options, walk),
    Observation: (observation, _, walk) => checkQuantities(observation as JsonObject, ranges, walk),
    Composition: (composition, _, walk) => checkFrontPageComposition(composition as JsonObject, walk),
    Encounter: (encounter, _, walk) => checkFrontPageEncounter(encounter as JsonObject, walk),
    Bundle: (bundle, options, walk) => checkEntries(bundle as JsonObject, options, walk, check),
  }
  const check: NationalCheck = (resource, options, walk) => {
    const type = isObject(resource) ? String(resource.resourceType) : ''
    if (Object.hasOwn(byType, type)) byType[type]?.(resource, options, walk)
  }
  return check
}

/** Bundles inside bundles are looked into as far as the structural check looked. */
const nestedBundles = 5

function checkEntries(bundle: JsonObject, options: NationalOptions, walk: Walk, check: NationalCheck): void {
  if (!Array.isArray(bundle.entry) || walk.path.length > 3 * nestedBundles) return
  const { environment, entries } = walk
  walk.entries = entriesIn(bundle).entries
  bundle.entry.forEach((entry: unknown, i) => {
    if (!isObject(entry)) return
    walk.path.push('entry', i, 'resource')
    walk.environment = { resource: entry.resource, root: entry.resource }
    check(entry.resource, options, walk)
    walk.path.length -= 3
  })
  Object.assign(walk, { environment, entries })
}
