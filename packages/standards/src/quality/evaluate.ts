/**
 * Runs a rule set over one person after another in bounded memory: what grows are the cells of counts (check × department ×
 * source × month) and, up to a limit, the keys and distinct texts that two check types must remember.
 */
import { isObject } from '../fhirpath/navigate.ts'
import { checkTypes, type QualityCategory } from './check-types.ts'
import { codingsOf, type JudgeRecord, judgeOf, type QualityPorts } from './judge-record.ts'
import { departmentOf, type Person, personOf, type QualityRecord, visitOf } from './person.ts'
import type { QualityCheck, QualityCondition, QualityRules } from './quality-rules.ts'
import { pathOf, type ReadValues } from './read-path.ts'

/** One cell of the results. `period` is `YYYY-MM`. Department and source are '' where a person, not a record, is counted. */
export interface QualityCell {
  readonly check: string
  readonly department: string
  readonly source: string
  readonly period: string
  readonly failed: number
  readonly counted: number
}

/** A record of one's own that fails a check. */
export interface QualityFailure {
  readonly check: string
  readonly type: string
  readonly id: string
  readonly department: string
  readonly source: string
}

/** What is looked at: days (inclusive), a department, a source. */
export interface QualityScope {
  readonly from?: string
  readonly to?: string
  readonly department?: string
  readonly source?: string
}

/** An evaluation under way. */
export interface QualityEvaluation {
  /** Judges all records of one person; gives what failed. */
  addPerson(id: string, records: readonly QualityRecord[]): readonly QualityFailure[]
  /** The cells, with those of checks that look at the whole organisation. */
  finish(): { readonly persons: number; readonly records: number; readonly cells: readonly QualityCell[] }
}

/** What can be handed in, and how much is remembered. */
export interface EvaluationOptions {
  readonly scope?: QualityScope
  readonly isKnownCode?: QualityPorts['isKnownCode']
  /** Keys and distinct texts remembered for each check; beyond it a key check counts no more records. */
  readonly mostRemembered?: number
}

interface Counts {
  failed: number
  counted: number
}

interface ReadyCheck {
  readonly check: QualityCheck
  readonly judge: JudgeRecord | undefined
  readonly meets: (resource: unknown) => boolean
  readonly values: ReadValues
}

interface State {
  readonly checks: readonly ReadyCheck[]
  readonly byResource: ReadonlyMap<string, readonly ReadyCheck[]>
  readonly scope: QualityScope
  readonly ports: QualityPorts
  readonly cells: Map<string, Counts>
  readonly seen: Set<string>
  /** Of each `sourceValueCompleteness`: text → whether it was ever mapped. */
  readonly texts: Map<string, Map<string, boolean>>
  readonly most: number
}

/** Opens an evaluation. Throws for a rule set that `readQualityRules` would not take. */
export function createEvaluation(rules: QualityRules, options: EvaluationOptions = {}): QualityEvaluation {
  const state = openState(rules, options)
  let persons = 0
  let records = 0
  return {
    addPerson(id, all) {
      const person = personOf(id, all)
      const inScope = all
        .map((record) => ({ record, department: departmentOf(visitOf(record, person)) }))
        .filter((placed) => isInScope(placed, state.scope))
      if (inScope.length === 0) return []
      persons += 1
      records += inScope.length
      const failures = inScope.flatMap((placed) => judgeRecord(state, placed, person))
      return [...failures, ...judgePerson(state, person, inScope)]
    },
    finish: () => ({ persons, records, cells: [...finishCells(state)] }),
  }
}

function openState(rules: QualityRules, options: EvaluationOptions): State {
  const most = options.mostRemembered ?? 500_000
  const checks = rules.checks.map(readyCheck)
  return {
    checks,
    byResource: groupByResource(checks),
    scope: options.scope ?? {},
    ports: {
      wasMet: createMemory(most),
      ...(options.isKnownCode === undefined ? {} : { isKnownCode: options.isKnownCode }),
    },
    cells: new Map(),
    seen: new Set(),
    texts: new Map(),
    most,
  }
}

function groupByResource(checks: readonly ReadyCheck[]): Map<string, ReadyCheck[]> {
  const groups = new Map<string, ReadyCheck[]>()
  for (const ready of checks) {
    const { resource } = ready.check
    groups.set(resource, [...(groups.get(resource) ?? []), ready])
  }
  return groups
}

function readyCheck(check: QualityCheck): ReadyCheck {
  const conditions = (check.where ?? []).map(conditionOf)
  const reads = (check.paths ?? []).map(pathOf)
  return {
    check,
    judge: judgeOf(check),
    meets: (resource) => conditions.every((isMet) => isMet(resource)),
    values: (resource) => reads.flatMap((read) => read(resource)),
  }
}

function conditionOf({ path, prefixes, system }: QualityCondition): (resource: unknown) => boolean {
  const read = pathOf(path)
  return (resource) => {
    const found = read(resource)
    if (prefixes === undefined) return found.length > 0
    const texts =
      system === undefined
        ? found.map(String)
        : codingsOf(found).flatMap((coding) => (coding.system === system ? [coding.code] : []))
    return texts.some((text) => prefixes.some((start) => text.startsWith(start)))
  }
}

function createMemory(most: number): QualityPorts['wasMet'] {
  const met = new Set<string>()
  return (check, key) => {
    const whole = `${check} ${key}`
    if (met.has(whole)) return true
    if (met.size >= most) return undefined
    met.add(whole)
    return false
  }
}

interface Placed {
  readonly record: QualityRecord
  readonly department: string
}

/** A Patient has no day and no department of its own: it is looked at whatever is asked for. */
function isInScope({ record, department }: Placed, scope: QualityScope): boolean {
  if (scope.source !== undefined && record.source !== scope.source) return false
  if (record.type === 'Patient') return true
  if (scope.from !== undefined && record.day < scope.from) return false
  if (scope.to !== undefined && record.day > scope.to) return false
  return scope.department === undefined || department === scope.department
}

function judgeRecord(state: State, { record, department }: Placed, person: Person): QualityFailure[] {
  const failures: QualityFailure[] = []
  const { source, type, id, resource } = record
  for (const { check, judge, meets, values } of state.byResource.get(type) ?? []) {
    if (!meets(resource)) continue
    remember(state, check, values(resource))
    const verdict = judge?.(record, person, state.ports)
    if (verdict === undefined) continue
    count(state, [check.id, department, source, record.day.slice(0, 7)], verdict === 'fail')
    if (verdict === 'fail') failures.push({ check: check.id, type, id, department, source })
  }
  return failures
}

/** What types that judge the organisation or distinct values keep of a record. */
function remember(state: State, check: QualityCheck, values: readonly unknown[]): void {
  if (check.type === 'cdmTable') state.seen.add(check.id)
  if (check.type === 'cdmField' && values.length > 0) state.seen.add(check.id)
  if (check.type !== 'sourceValueCompleteness') return
  const texts = state.texts.get(check.id) ?? new Map<string, boolean>()
  state.texts.set(check.id, texts)
  for (const value of values) {
    const text = isObject(value) ? value.text : undefined
    if (typeof text !== 'string' || (texts.size >= state.most && !texts.has(text))) continue
    const isMapped = codingsOf([value]).some(({ system }) => check.systems?.includes(system) === true)
    texts.set(text, isMapped || texts.get(text) === true)
  }
}

/** Persons are counted in the month of their newest record in scope, under the patient's own record. */
function judgePerson(state: State, person: Person, inScope: readonly Placed[]): QualityFailure[] {
  const period =
    inScope
      .map(({ record }) => record.day)
      .toSorted()
      .at(-1) ?? ''
  const { department, record } = inScope.find((placed) => placed.department !== '') ?? (inScope[0] as Placed)
  const failures: QualityFailure[] = []
  for (const ready of state.checks) {
    const failed = personFails(ready, inScope)
    if (failed === undefined) continue
    const { source } = record
    count(state, [ready.check.id, department, source, period.slice(0, 7)], failed)
    if (failed) failures.push({ check: ready.check.id, type: 'Patient', id: person.id, department, source })
  }
  return failures
}

/** `where` of a person check speaks of the Patient; a path says which date a course of illness needs. */
function personFails({ check, meets, values }: ReadyCheck, inScope: readonly Placed[]): boolean | undefined {
  if (check.type === 'measurePersonCompleteness')
    return !inScope.some(({ record }) => record.type === check.resource && meets(record.resource))
  if (check.type !== 'measureConditionEraCompleteness') return undefined
  const conditions = inScope.filter(({ record }) => record.type === check.resource)
  return conditions.length === 0
    ? undefined
    : !conditions.some(({ record }) => values(record.resource).length > 0)
}

function count({ cells }: State, place: readonly string[], failed: boolean): void {
  const key = JSON.stringify(place)
  const known = cells.get(key) ?? { failed: 0, counted: 0 }
  known.counted += 1
  if (failed) known.failed += 1
  cells.set(key, known)
}

function* finishCells(state: State): Generator<QualityCell> {
  for (const [key, counts] of state.cells) {
    const [check = '', department = '', source = '', period = ''] = JSON.parse(key) as string[]
    yield { check, department, source, period, ...counts }
  }
  for (const { check } of state.checks) {
    const whole = { check: check.id, department: '', source: '', period: '' }
    if (checkTypes[check.type].unit === 'organisation')
      yield { ...whole, failed: state.seen.has(check.id) ? 0 : 1, counted: 1 }
    const texts = [...(state.texts.get(check.id)?.values() ?? [])]
    if (texts.length > 0)
      yield { ...whole, failed: texts.filter((isMapped) => !isMapped).length, counted: texts.length }
  }
}

/** The sums of one check over cells, judged by its threshold. `state` is `empty` when nothing was counted. */
export interface CheckScore {
  readonly check: QualityCheck
  readonly category: QualityCategory
  readonly failed: number
  readonly counted: number
  readonly threshold: number
  readonly state: 'passed' | 'failed' | 'empty'
}

/** Cells summed for each check of the rule set; `thresholds` are the organisation's own, in per cent. */
export function scoreChecks(
  rules: QualityRules,
  cells: readonly Pick<QualityCell, 'check' | 'failed' | 'counted'>[],
  thresholds: ReadonlyMap<string, number> = new Map(),
): CheckScore[] {
  const sums = new Map<string, Counts>()
  for (const { check, failed, counted } of cells) {
    const sum = sums.get(check) ?? { failed: 0, counted: 0 }
    sums.set(check, { failed: sum.failed + failed, counted: sum.counted + counted })
  }
  return rules.checks.map((check) => {
    const { failed, counted } = sums.get(check.id) ?? { failed: 0, counted: 0 }
    const threshold = thresholds.get(check.id) ?? check.threshold
    const isOver = failed * 100 > threshold * counted
    const { category } = checkTypes[check.type]
    const state = counted === 0 ? 'empty' : isOver ? 'failed' : 'passed'
    return { check, category, failed, counted, threshold, state }
  })
}
