/** Checks records by a rule set of one's own, such as a filled-in template. */
import { shippedElements } from '../elements/shipped.ts'
import { isObject } from '../fhirpath/navigate.ts'
import type { Finding } from '../finding.ts'
import type { PlacedRecord } from './person-records.ts'
import type { Rule } from './rule.ts'
import { sceneCheckOf } from './scene-check.ts'

/** The findings of records that belong together, of each in its order. */
export type RuleCheck = (records: readonly unknown[]) => readonly (readonly Finding[])[]

/** Makes the check. The rules must have been read by `rulesOf`. */
export function createRuleCheck(rules: readonly Rule[]): RuleCheck {
  const scene = sceneCheckOf([], shippedElements(), rules)
  return (records) => {
    const findings: Finding[][] = records.map(() => [])
    const placed = records.flatMap(placedRecords)
    for (const { index, finding } of scene(placed)) findings[index]?.push(finding)
    return findings
  }
}

/** A resource as one record, a Bundle as those of its entries. */
export function placedRecords(resource: unknown, index: number): PlacedRecord[] {
  if (!isObject(resource)) return []
  if (resource.resourceType !== 'Bundle') return [{ resource, index, prefix: '' }]
  const entries = Array.isArray(resource.entry) ? resource.entry : []
  return entries.flatMap((entry: unknown, i): PlacedRecord[] => {
    if (!isObject(entry) || !isObject(entry.resource)) return []
    const { fullUrl } = entry
    const record = { resource: entry.resource, index, prefix: `Bundle.entry[${i}].resource` }
    return [typeof fullUrl === 'string' ? { ...record, fullUrl } : record]
  })
}
