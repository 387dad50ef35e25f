/** The room `validate`'s judge: checks one resource or one Bundle against a profile and returns findings, never a throw. */
import type { CanonicalText } from '@meridian/protocol'
import { createNationalCheck, type NationalCheck, type NationalOptions } from './cn/check-national.ts'
import { receivedLosses } from './conversion/received-losses.ts'
import { type ReadContent, readShipped } from './data-files.ts'
import { isObject } from './fhirpath/navigate.ts'
import type { Finding } from './finding.ts'
import { depthLimit, isDeeperThan } from './json-depth.ts'
import { readSourceNumbers } from './number-sources.ts'
import { createResourceCheck } from './r4/check-resource.ts'
import type { Check } from './r4/members.ts'
import { readDefinitions } from './r4/structures.ts'
import { placedRecords } from './rules/rule-check.ts'
import { createSceneCheck, type SceneCheck } from './rules/scene-check.ts'
import { findingLimit, findingsOf, report, startWalk } from './walk.ts'

/** Every profile, the plainest first. */
export const profileNames = [
  'r4',
  'cn-national',
  'cn-national-strict',
  'cn-outpatient',
  'cn-inpatient',
  'cn-checkup',
  'cn-front-page',
  'quality-cds',
  'quality-drug-research',
] as const

/**
 * What a record is judged by: `r4` is FHIR R4 (4.0.1) itself; `cn-national` adds the Chinese national rules;
 * `cn-national-strict` narrows the sex code to GB/T 2261.1 {1, 2} as well. The others add data sets and rules over several
 * records to `cn-national`: the scenes of collection, the front page, and uses of data (ADR 0151).
 */
export type ProfileName = (typeof profileNames)[number]

/** What may be known beside the plain copy. */
export interface CheckOptions {
  /** The canonical text the copy was made from: with it `1.0` where an integer belongs is seen, which a copy has lost. */
  readonly text?: CanonicalText
  /** The day that counts as today for "in the future" rules, `YYYY-MM-DD`; without it those rules are silent. */
  readonly today?: string
}

/** A judge of resources. Definitions are compiled once per type, when the type is first seen. */
export interface Validator {
  /** Checks one resource (a plain `JSON.parse` copy; any JSON value is allowed). Pure. */
  checkResource(resource: unknown, profile: ProfileName, options?: CheckOptions): Finding[]
  /** The same for a Bundle, and what only a Bundle can break: fullUrls, duplicates, references between its entries. */
  checkBundle(bundle: unknown, profile: ProfileName, options?: CheckOptions): Finding[]
  /** Checks records that belong together, one after the other; the findings of each, in their order. */
  checkRecords(
    records: readonly CheckedRecord[],
    profile: ProfileName,
    options?: Pick<CheckOptions, 'today'>,
  ): Finding[][]
}

/** One of several records: its plain copy, and its canonical text where there is one. */
export interface CheckedRecord {
  readonly resource: unknown
  readonly text?: CanonicalText
}

/**
 * Makes a {@link Validator}; reads the compact definitions (0.4 MB) the first time something is checked. `content` gives what the
 * artefacts in force say: tables, ranges, data elements, data sets, rules, profiles; those that ship without it.
 */
export function createValidator(content: ReadContent = readShipped): Validator {
  const checkOne = createBaseCheck(content)
  const scenes = new Map<ProfileName, SceneCheck>()
  const sceneOf = (profile: ProfileName): SceneCheck => {
    const scene = scenes.get(profile) ?? createSceneCheck(`meridian.profile.${profile}`, content)
    scenes.set(profile, scene)
    return scene
  }
  const checkRecords: Validator['checkRecords'] = (records, profile, options = {}) => {
    const findings = records.map(({ resource, text }) => [
      ...checkOne(resource, profile, { ...options, ...(text === undefined ? {} : { text }) }),
      ...receivedLosses(resource, text),
    ])
    if (!isScene(profile)) return findings
    // What is no resource of a bounded depth has been refused, and is not looked into again.
    const placed = records.flatMap(({ resource }, i) =>
      findings[i]?.some(({ code }) => code === 'r4.too-deep') ? [] : placedRecords(resource, i),
    )
    for (const { index, finding } of sceneOf(profile)(placed)) {
      const own = findings[index]
      if (own !== undefined && own.length <= findingLimit) own.push(finding)
    }
    return findings
  }
  const checkResource: Validator['checkResource'] = (resource, profile, { text, ...options } = {}) =>
    checkRecords([text === undefined ? { resource } : { resource, text }], profile, options)[0] ?? []
  return {
    checkResource,
    checkRecords,
    checkBundle: (bundle, profile, options) => {
      if (isObject(bundle) && bundle.resourceType === 'Bundle') return checkResource(bundle, profile, options)
      const walk = startWalk(bundle)
      report(walk, 'bundle.not-a-bundle')
      return findingsOf(walk)
    },
  }
}

/** FHIR R4 and the national rules, of one resource. */
function createBaseCheck(
  content: ReadContent,
): (given: unknown, profile: ProfileName, options: CheckOptions) => Finding[] {
  let checkR4: Check | undefined
  let checkNational: NationalCheck | undefined
  return (given, profile, options) => {
    const { value, numbers } = readSourceNumbers(given, options.text)
    const walk = startWalk(value, numbers)
    if (isDeeperThan(value, depthLimit)) {
      report(walk, 'r4.too-deep', { limit: depthLimit })
      return findingsOf(walk)
    }
    checkR4 ??= createResourceCheck(readDefinitions())
    checkR4(value, walk)
    if (profile !== 'r4') {
      checkNational ??= createNationalCheck(content)
      checkNational(value, nationalOptions(profile, options.today), walk)
    }
    return findingsOf(walk)
  }
}

const isScene = (profile: ProfileName): boolean =>
  profile !== 'r4' && profile !== 'cn-national' && profile !== 'cn-national-strict'

function nationalOptions(profile: ProfileName, today: string | undefined): NationalOptions {
  return { strict: profile === 'cn-national-strict', ...(today === undefined ? {} : { today }) }
}
