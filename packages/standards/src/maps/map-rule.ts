/**
 * The rules of a map: when a row of it counts. Read from the texts of SNOMED CT's complex map (`IFA 445518008 | Age at onset | < 28.0 days`,
 * `OTHERWISE TRUE`), kept as values, judged by what is known of the patient.
 */

/** What is known. Anything absent is unknown, which is not the same as false. */
export interface MapContext {
  /** Age in whole days at the time of the finding. */
  readonly ageDays?: number
  /** FHIR administrative gender; only `male` and `female` decide a rule. */
  readonly sex?: string
  /** Codes of the patient's other findings, in the system of the source; absent when nobody looked. */
  readonly findings?: readonly string[]
}

/** A rule. `otherwise` is the last row of its group. */
export type MapRule =
  | { readonly when: 'always' | 'otherwise' }
  | { readonly when: 'age'; readonly is: Comparison; readonly days: number }
  | { readonly when: 'sex'; readonly is: 'male' | 'female' }
  | { readonly when: 'finding'; readonly code: string }
  | { readonly when: 'all'; readonly of: readonly MapRule[] }

/** How an age compares. */
export type Comparison = '<' | '<=' | '>' | '>='

const AGE = /^(?:445518008|424144002)$/
const SEXES: Readonly<Record<string, 'male' | 'female'>> = { '248152002': 'female', '248153007': 'male' }

/** The Gregorian mean; SNOMED's own units. */
const DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30.436875, year: 365.2425 }

const longestRule = 2000
const mostParts = 10

/** Reads the text of a rule; undefined when it is in another form, and then the row must not be used. */
export function readMapRule(text: string): MapRule | undefined {
  const rule = text.trim()
  if (rule === 'TRUE' || rule === '') return { when: 'always' }
  if (rule === 'OTHERWISE TRUE') return { when: 'otherwise' }
  if (rule.length > longestRule) return undefined
  const parts = rule.split(/\s+AND\s+(?=IFA\s)/)
  if (parts.length > mostParts) return undefined
  const of = parts.map(readPart)
  if (of.some((part) => part === undefined)) return undefined
  return of.length === 1 ? of[0] : { when: 'all', of: of as MapRule[] }
}

const partForm = /^IFA\s+(\d{6,18})\s*(?:\|[^|]*\|)?\s*(.*)$/s
const ageForm = /^(<=|>=|<|>)\s*(\d{1,5}(?:\.\d{1,3})?)\s+(day|week|month|year)s?$/

function readPart(text: string): MapRule | undefined {
  const [, code, rest = ''] = partForm.exec(text.trim()) ?? []
  if (code === undefined) return undefined
  if (AGE.test(code)) {
    const [, is, number, unit = ''] = ageForm.exec(rest.trim()) ?? []
    if (is === undefined) return undefined
    return { when: 'age', is: is as Comparison, days: Number(number) * (DAYS[unit] ?? 1) }
  }
  if (rest.trim() !== '') return undefined
  const sex = SEXES[code]
  return sex === undefined ? { when: 'finding', code } : { when: 'sex', is: sex }
}

/** True, false, or undefined while what it asks is unknown. `otherwise` is true: the rows before it decide. */
export function holds(rule: MapRule, context: MapContext): boolean | undefined {
  switch (rule.when) {
    case 'always':
    case 'otherwise':
      return true
    case 'age':
      return context.ageDays === undefined ? undefined : compare(context.ageDays, rule.is, rule.days)
    case 'sex':
      return context.sex === 'male' || context.sex === 'female' ? context.sex === rule.is : undefined
    case 'finding':
      return context.findings?.includes(rule.code)
    case 'all':
      return all(rule.of.map((part) => holds(part, context)))
  }
}

function all(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) return false
  return answers.includes(undefined) ? undefined : true
}

function compare(age: number, is: Comparison, days: number): boolean {
  if (is === '<') return age < days
  if (is === '<=') return age <= days
  return is === '>' ? age > days : age >= days
}
