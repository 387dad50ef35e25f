/** The kind `quality-rules` as an artefact: `quality-rules.json`, asked with the records of one person. */
import type { ArtefactReader, ElementChange } from '../artefacts/artefact-reader.ts'
import { isObject } from '../fhirpath/navigate.ts'
import { findingOf } from '../findings-catalogue.ts'
import { createEvaluation } from './evaluate.ts'
import type { QualityRecord } from './person.ts'
import type { QualityRules } from './quality-rules.ts'
import { isQualityRulesProblem, readQualityRules } from './read-quality-rules.ts'

const FILE = 'quality-rules.json'

/** Answers `{resources: […]}`, the records of one person, with the checks that each fails: `{failed: ["check Type/id"]}`. */
export const qualityRulesReader: ArtefactReader<QualityRules> = {
  kind: 'quality-rules',
  file: FILE,
  read(files) {
    const bytes = files.get(FILE)
    if (bytes === undefined) return [findingOf('artefact.file-missing', FILE, { element: FILE })]
    const rules = readQualityRules(bytes)
    if (!isQualityRulesProblem(rules)) return rules
    const form = { zh: `${rules.problem} 不合要求`, en: `${rules.problem} is not as it must be` }
    return [findingOf('artefact.content', FILE, { element: FILE, form })]
  },
  answer(rules, input) {
    const given = isObject(input) && Array.isArray(input.resources) ? input.resources : []
    const records = given.filter(isObject).map(
      (resource): QualityRecord => ({
        type: String(resource.resourceType),
        id: String(resource.id),
        resource,
        source: 'vector',
        day: '2026-01-01',
      }),
    )
    const failures = createEvaluation(rules).addPerson('vector', records)
    return { failed: failures.map(({ check, type, id }) => `${check} ${type}/${id}`).sort() }
  },
  compare(before, after) {
    const ids = [...new Set([...before.checks, ...after.checks].map(({ id }) => id))]
    return ids.flatMap((id): ElementChange[] => {
      const [old, now] = [before, after].map(({ checks }) => checks.find((check) => check.id === id))
      const place = { path: `${FILE}#${id}`, element: id, label: (now ?? old)?.titles ?? { zh: id, en: id } }
      if (old === undefined) return [{ ...place, change: 'added', after: now }]
      if (now === undefined) return [{ ...place, change: 'removed', before: old }]
      const same = JSON.stringify(old) === JSON.stringify(now)
      return same ? [] : [{ ...place, change: 'changed', before: old, after: now }]
    })
  },
}
