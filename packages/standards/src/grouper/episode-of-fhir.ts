/** Makes an episode of FHIR records: Encounter, Conditions, Procedures, Patient. Says for each code where it came from (S11). */
import type { Episode } from './episode.ts'
import type { GrouperTables } from './grouper-tables.ts'

/** One code of the episode, as the clinic has it and as the insurance has it. */
export interface SideBySide {
  readonly role: 'main' | 'other' | 'procedure'
  readonly clinical?: string
  readonly insurance?: string
  /** The record holds the insurance code; a map gave it; or the clinical code is also one of the tables. */
  readonly by: 'record' | 'map' | 'same' | 'none'
  readonly adrgs: readonly string[]
}

/** The episode, and its codes side by side. Without a diagnosis that the tables can take there is no episode. */
export interface FhirEpisode {
  readonly episode?: Episode
  readonly codes: readonly SideBySide[]
}

/** A clinical code's insurance code, by a map. */
export type ToInsurance = (code: string) => string | undefined

type Json = Readonly<Record<string, unknown>>

/** `records` are those of one encounter, plain JSON. The main diagnosis is the one with use DD and rank 1, else rank 1, else the first. */
export function episodeOfFhir(
  tables: GrouperTables,
  records: readonly unknown[],
  toInsurance: ToInsurance = () => undefined,
): FhirEpisode {
  const all = records.filter(isObject)
  const ofType = (type: string) => all.filter((one) => one.resourceType === type)
  const [encounter] = ofType('Encounter')
  const conditions = inRank(encounter, ofType('Condition'))
  const { diagnosisSystem, procedureSystem } = tables.head
  const diagnoses = conditions.map((one, at) =>
    sideOf(tables, one, at === 0 ? 'main' : 'other', diagnosisSystem, toInsurance),
  )
  const procedures = ofType('Procedure').map((one) =>
    sideOf(tables, one, 'procedure', procedureSystem, () => undefined),
  )
  const codes = [...diagnoses, ...procedures]
  if (codeOf(diagnoses[0]) === undefined) return { codes }
  const [patient] = ofType('Patient')
  const age = ageDays(patient, encounter)
  const sex = patient?.gender
  const episode: Episode = {
    diagnoses: diagnoses.flatMap((one) => codeOf(one) ?? []),
    procedures: procedures.flatMap((one) => codeOf(one) ?? []),
    ...(sex === 'male' || sex === 'female' ? { sex } : {}),
    ...(age === undefined ? {} : { ageDays: age }),
  }
  return { episode, codes }
}

const codeOf = (side: SideBySide | undefined) => side?.insurance ?? side?.clinical

function inRank(encounter: Json | undefined, conditions: readonly Json[]): readonly Json[] {
  const weight = new Map<string, number>()
  for (const entry of listOf(encounter?.diagnosis)) {
    const reference = isObject(entry.condition) ? String(entry.condition.reference ?? '') : ''
    const rank = typeof entry.rank === 'number' ? entry.rank : 1000
    const isDischarge = codingsOf(entry.use).some(({ code }) => code === 'DD')
    const place = isDischarge ? rank - 0.5 : rank
    const id = reference.split('/').at(-1)?.replace('urn:uuid:', '') ?? ''
    weight.set(id, Math.min(place, weight.get(id) ?? Number.POSITIVE_INFINITY))
  }
  const of = (one: Json) => weight.get(String(one.id)) ?? 2000
  return [...conditions].sort((a, b) => of(a) - of(b))
}

function sideOf(
  { codes }: GrouperTables,
  record: Json,
  role: SideBySide['role'],
  system: string,
  toInsurance: ToInsurance,
): SideBySide {
  const codings = codingsOf(record.code)
  const clinical = codings.find((one) => one.system !== system)?.code
  const own = codings.find((one) => one.system === system)?.code
  const mapped = own === undefined && clinical !== undefined ? toInsurance(clinical) : undefined
  const same = clinical !== undefined && codes.has(clinical) ? clinical : undefined
  const insurance = own ?? mapped ?? same
  const by =
    own !== undefined ? 'record' : mapped !== undefined ? 'map' : same !== undefined ? 'same' : 'none'
  return {
    role,
    ...(clinical === undefined ? {} : { clinical }),
    ...(insurance === undefined ? {} : { insurance }),
    by,
    adrgs: insurance === undefined ? [] : (codes.get(insurance)?.adrgs ?? []),
  }
}

function codingsOf(concept: unknown): readonly { readonly system?: unknown; readonly code: string }[] {
  return listOf(isObject(concept) ? concept.coding : undefined).flatMap(({ system, code }) =>
    typeof code === 'string' && code !== '' && code.length <= 64 ? [{ system, code }] : [],
  )
}

/** Age on the day of admission. */
function ageDays(patient: Json | undefined, encounter: Json | undefined): number | undefined {
  const start = isObject(encounter?.period) ? encounter.period.start : undefined
  const [born, came] = [patient?.birthDate, start].map((one) =>
    Date.parse(typeof one === 'string' && one.length >= 10 ? one.slice(0, 10) : ''),
  )
  const days = ((came ?? Number.NaN) - (born ?? Number.NaN)) / 86_400_000
  return Number.isFinite(days) && days >= 0 && days <= 60_000 ? days : undefined
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.slice(0, 1000).filter(isObject) : []
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
