/** How each check type judges one record: `ok`, `fail`, or undefined when the record is not in the denominator. */
import { isObject } from '../fhirpath/navigate.ts'
import { isFinding } from '../finding.ts'
import { toCanonicalUnit } from '../measurement.ts'
import { isPrimitive } from '../primitive-forms.ts'
import type { CheckType } from './check-types.ts'
import { firstInstant, type Person, type QualityRecord, visitOf } from './person.ts'
import type { QualityCheck } from './quality-rules.ts'
import { pathOf, type ReadValues } from './read-path.ts'

/** What a check finds out beyond the person's own records. */
export interface QualityPorts {
  /** Whether the system has the code; undefined when no release of it is at hand. */
  readonly isKnownCode?: (system: string, code: string) => boolean | undefined
  /** Whether a key was met before in this run; undefined when too many were met to remember all. */
  readonly wasMet: (check: string, key: string) => boolean | undefined
}

/** What became of one record under one check. */
export type Verdict = 'ok' | 'fail' | undefined

/** A check made ready to judge records. */
export type JudgeRecord = (record: QualityRecord, person: Person, ports: QualityPorts) => Verdict

interface Ready {
  readonly check: QualityCheck
  /** Values at any of the paths. */
  readonly values: ReadValues
  readonly other: ReadValues
}

const DAY = 86_400_000
const failIf = (failed: boolean): Verdict => (failed ? 'fail' : 'ok')

/** The judge of a check whose type judges record by record; undefined for the other types. */
export function judgeOf(check: QualityCheck): JudgeRecord | undefined {
  const make = judges[check.type]
  return make?.({ check, values: anyOf(check.paths), other: anyOf(check.other) })
}

function anyOf(paths: readonly string[] = []): ReadValues {
  const reads = paths.map(pathOf)
  return (resource) => reads.flatMap((read) => read(resource))
}

const present =
  ({ values }: Ready): JudgeRecord =>
  ({ resource }) =>
    failIf(values(resource).length === 0)

const judges: Readonly<Partial<Record<CheckType, (ready: Ready) => JudgeRecord>>> = {
  isRequired: present,
  measureValueCompleteness: present,
  cdmDatatype: ({ check, values }) => ofValues(values, (value) => isPrimitive(check.datatype ?? '', value)),
  isPrimaryKey:
    ({ check, values }) =>
    ({ resource }, _person, { wasMet }) => {
      const keys = values(resource).map(keyText)
      if (keys.length === 0) return undefined
      const met = keys.map((key) => wasMet(check.id, key))
      return met.includes(undefined) ? undefined : failIf(met.includes(true))
    },
  isForeignKey:
    ({ check, values }) =>
    ({ resource }, { byReference }) => {
      const wanted = values(resource).filter((value) => String(value).startsWith(`${check.target}/`))
      return wanted.length === 0
        ? undefined
        : failIf(!wanted.every((value) => byReference.has(String(value))))
    },
  fkDomain: ({ check, values }) =>
    ofCodings(values, (codings) => codings.every(({ system }) => check.systems?.includes(system) === true)),
  fkClass: ({ check, values }) =>
    ofCodings(values, (codings) =>
      codings.every(({ code }) => (check.codes ?? []).some((start) => code.startsWith(start))),
    ),
  isStandardValidConcept: validConcept,
  standardConceptRecordCompleteness:
    ({ check, values }) =>
    ({ resource }) =>
      failIf(!codingsOf(values(resource)).some(({ system }) => check.systems?.includes(system) === true)),
  sourceConceptRecordCompleteness:
    ({ values }) =>
    ({ resource }) =>
      failIf(codingsOf(values(resource)).length === 0),
  plausibleValueLow: ({ check, values }) => ofNumbers(check, values, (value, bound) => value >= bound),
  plausibleValueHigh: ({ check, values }) => ofNumbers(check, values, (value, bound) => value <= bound),
  plausibleTemporalAfter: inOrder((date, other) => date >= other),
  plausibleStartBeforeEnd: inOrder((start, end) => start <= end),
  plausibleDuringLife: againstLife(({ death }, date) => death && date <= death + 60 * DAY),
  plausibleBeforeDeath: againstLife(({ death }, date) => death && date <= death + 60 * DAY),
  plausibleAfterBirth: againstLife(({ birth }, date) => birth && date >= birth - DAY),
  withinVisitDates,
  plausibleGender: ofSex((code, wanted) => code === wanted),
  plausibleGenderUseDescendants: ofSex((code, wanted) => code.startsWith(wanted)),
  plausibleUnitConceptIds: ({ check, values }) =>
    ofValues(values, (value) => isObject(value) && check.units?.includes(String(value.code)) === true),
}

/** The judge of one value after another; a record without one is not counted. */
function ofValues(values: ReadValues, isGood: (value: unknown) => boolean): JudgeRecord {
  return ({ resource }) => {
    const found = values(resource)
    return found.length === 0 ? undefined : failIf(!found.every(isGood))
  }
}

/** A coding with both parts. */
interface Coding {
  readonly system: string
  readonly code: string
}

/** Codings out of Codings and CodeableConcepts. */
export function codingsOf(values: readonly unknown[]): Coding[] {
  return values
    .flatMap((value) => (isObject(value) && Array.isArray(value.coding) ? value.coding : [value]))
    .filter(
      (value): value is Coding =>
        isObject(value) && typeof value.system === 'string' && typeof value.code === 'string',
    )
}

function ofCodings(values: ReadValues, isGood: (codings: readonly Coding[]) => boolean): JudgeRecord {
  return ({ resource }) => {
    const codings = codingsOf(values(resource))
    return codings.length === 0 ? undefined : failIf(!isGood(codings))
  }
}

/** Codes of the standard systems alone are judged: by their release, else by their form. */
function validConcept({ check, values }: Ready): JudgeRecord {
  const form = check.form === undefined ? undefined : new RegExp(check.form)
  return ({ resource }, _person, { isKnownCode }) => {
    const codings = codingsOf(values(resource)).filter(({ system }) => check.systems?.includes(system))
    const known = codings.map(({ system, code }) => isKnownCode?.(system, code) ?? form?.test(code))
    return known.every((k) => k === undefined) ? undefined : failIf(known.includes(false))
  }
}

/** A Quantity is brought to the unit of the bound; one that cannot be is the matter of another check. */
function ofNumbers(
  { bound = 0, unit }: QualityCheck,
  values: ReadValues,
  isGood: (value: number, bound: number) => boolean,
): JudgeRecord {
  return ({ resource }) => {
    const numbers = values(resource)
      .map((value) => numberIn(value, unit))
      .filter((value) => value !== undefined)
    return numbers.length === 0 ? undefined : failIf(!numbers.every((value) => isGood(value, bound)))
  }
}

function numberIn(value: unknown, unit: string | undefined): number | undefined {
  if (typeof value === 'number') return value
  if (!isObject(value) || typeof value.value !== 'number') return undefined
  if (unit === undefined || value.code === unit) return value.value
  if (typeof value.code !== 'string') return undefined
  const converted = toCanonicalUnit({ value: String(value.value), unit: value.code }, unit)
  return isFinding(converted) ? undefined : Number(converted.value)
}

function inOrder(isGood: (date: number, other: number) => boolean): (ready: Ready) => JudgeRecord {
  return ({ values, other }) =>
    ({ resource }) => {
      const [date] = values(resource).map(firstInstant)
      const [second] = other(resource).map(firstInstant)
      return date === undefined || second === undefined ? undefined : failIf(!isGood(date, second))
    }
}

function againstLife(
  isGood: (person: Person, date: number) => boolean | number | undefined,
): (ready: Ready) => JudgeRecord {
  return ({ values }) =>
    ({ resource }, person) => {
      const dates = values(resource).map(firstInstant)
      const good = dates.map((date) => (date === undefined ? undefined : isGood(person, date)))
      const judged = good.filter((answer) => answer !== undefined)
      return judged.length === 0 ? undefined : failIf(judged.includes(false))
    }
}

/** Not more than a week on either side of the visit. */
function withinVisitDates({ values }: Ready): JudgeRecord {
  return (record, person) => {
    const visit = record.type === 'Encounter' ? undefined : visitOf(record, person)
    const period = isObject(visit?.period) ? visit.period : {}
    const [start, end] = [firstInstant(period.start), firstInstant(period.end)]
    const [date] = values(record.resource).map(firstInstant)
    if (date === undefined || start === undefined) return undefined
    return failIf(date < start - 7 * DAY || (end !== undefined && date > end + 8 * DAY))
  }
}

function ofSex(isAmong: (code: string, wanted: string) => boolean): (ready: Ready) => JudgeRecord {
  return ({ check, values }) =>
    ({ resource }, { patient }) => {
      const sex = patient?.gender
      const isOne = codingsOf(values(resource)).some(({ code }) =>
        (check.codes ?? []).some((wanted) => isAmong(code, wanted)),
      )
      return isOne && (sex === 'male' || sex === 'female') ? failIf(sex !== check.sex) : undefined
    }
}

function keyText(value: unknown): string {
  return isObject(value) ? `${String(value.system ?? '')}|${String(value.value ?? '')}` : String(value)
}
