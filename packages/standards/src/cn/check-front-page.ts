/** The main diagnosis of a final front page (病案首页), whether it is written as a Composition or as an Encounter (ADR 0031). */
import { isObject, type JsonObject } from '../fhirpath/navigate.ts'
import { report, type Walk } from '../walk.ts'
import { codingsOf, hasCoding, objectsOf, textOf } from './json-parts.ts'
import { frontPageMarks } from './national-codes.ts'

const finalCompositions = new Set(['final', 'amended'])
const dischargeDiagnosis = { system: 'http://terminology.hl7.org/CodeSystem/diagnosis-role', code: 'DD' }

/** Checks a Composition that is a final front page; any other is left alone. */
export function checkFrontPageComposition(composition: JsonObject, walk: Walk): void {
  if (!hasCoding(composition.type, frontPageMarks.documentType)) return
  if (!finalCompositions.has(String(composition.status))) return
  const sections = allSections(composition.section).filter((s) =>
    hasCoding(s.code, frontPageMarks.mainDiagnosis),
  )
  const entries = sections.flatMap((section) => objectsOf(section.entry))
  reportCount(entries.length, 'section', walk)
  if (entries.length === 1) checkCode(textOf(entries[0]?.reference), 'section', walk)
}

/** Checks an Encounter that is itself the front page and is finished. */
export function checkFrontPageEncounter(encounter: JsonObject, walk: Walk): void {
  const meta = encounter.meta
  const profiles = isObject(meta) && Array.isArray(meta.profile) ? meta.profile : []
  if (!profiles.includes(frontPageMarks.encounterProfile) || encounter.status !== 'finished') return
  const main = objectsOf(encounter.diagnosis).filter(
    (d) => hasCoding(d.use, dischargeDiagnosis) && d.rank === 1,
  )
  reportCount(main.length, 'diagnosis', walk)
  const condition = main[0]?.condition
  if (main.length === 1 && isObject(condition)) checkCode(textOf(condition.reference), 'diagnosis', walk)
}

function reportCount(count: number, member: string, walk: Walk): void {
  if (count === 0) report(walk, 'cn.main-diagnosis-missing', {}, member)
  if (count > 1) report(walk, 'cn.main-diagnosis-several', {}, member)
}

/** Where the Condition stands in the same Bundle or inside the resource, it must carry a code. */
function checkCode(reference: string | undefined, member: string, walk: Walk): void {
  if (reference === undefined) return
  const condition = reference.startsWith('#') ? contained(reference, walk) : walk.entries?.get(reference)
  if (!isObject(condition) || condition.resourceType !== 'Condition') return
  if (!codingsOf(condition.code).some((coding) => textOf(coding.code) !== undefined))
    report(walk, 'cn.main-diagnosis-code', {}, member)
}

function contained(reference: string, walk: Walk): unknown {
  const root = walk.environment.root
  return isObject(root) ? objectsOf(root.contained).find((c) => c.id === reference.slice(1)) : undefined
}

/** Sections at any depth; a front page is a few levels deep. */
function allSections(sections: unknown, depth = 0): JsonObject[] {
  if (depth > 10) return []
  return objectsOf(sections).flatMap((section) => [section, ...allSections(section.section, depth + 1)])
}
