/** `ConceptMap/$translate` (R4 conceptmap-operation-translate): a code by the maps in force, the rule that gave it, and what it would have said otherwise. */
import { type ConceptMap, type MapContext, type Translation, translate } from '@meridian/standards'
import { type FhirAnswer, refuseRequest } from './fhir-answer.ts'
import type { OpenDoorNeeds } from './needs.ts'
import type { OperationParameters } from './terminology/operation-parameters.ts'

/** A map and the package it stands in. */
export interface MapInForce {
  readonly id: string
  readonly version: string
  readonly map: ConceptMap
}

/** Besides the parameters of R4: `ageDays`, `gender` and `finding` are what the rules of a map ask. */
export function translateCode(needs: OpenDoorNeeds, parameters: OperationParameters): FhirAnswer {
  const codings = codingsOf(parameters)
  if (codings.length === 0) return refuseRequest('terminology.parameter', needs.explain, 'code')
  const [url, target] = [parameters.value('url'), targetOf(parameters)]
  const maps = (needs.maps?.() ?? []).filter(
    ({ id, map }) =>
      (url === undefined || url === id || url === urlOf(id)) &&
      (target === undefined || map.target === target),
  )
  const asked = codings.flatMap(({ system, code }) =>
    maps
      .filter(({ map }) => system === undefined || map.source === system)
      .map((named) => ({ named, code, isKnown: named.map.rows.has(code) })),
  )
  const chosen = asked.find(({ isKnown }) => isKnown) ?? asked[0]
  if (chosen === undefined) return answered([{ name: 'result', valueBoolean: false }])
  return answered(told(chosen.named, translate(chosen.named.map, chosen.code, contextOf(parameters))))
}

interface AskedCoding {
  readonly system?: string
  readonly code: string
}

function codingsOf(parameters: OperationParameters): readonly AskedCoding[] {
  const [code, system] = [parameters.value('code'), parameters.value('system')]
  return [{ code, system }, ...parameters.codings].flatMap((one) => {
    if (one.code === undefined || one.code === '') return []
    return [{ code: one.code, ...(one.system === undefined ? {} : { system: one.system }) }]
  })
}

const targetOf = (parameters: OperationParameters) =>
  parameters.value('targetsystem') ?? parameters.value('targetSystem')

function contextOf(parameters: OperationParameters): MapContext {
  const age = Number(parameters.value('ageDays') ?? Number.NaN)
  const [sex, finding] = [parameters.value('gender'), parameters.value('finding')]
  return {
    ...(Number.isSafeInteger(age) && age >= 0 ? { ageDays: age } : {}),
    ...(sex === undefined ? {} : { sex }),
    ...(finding === undefined ? {} : { findings: finding.split(',') }),
  }
}

const urlOf = (id: string) => `urn:meridian:map:${id}`

function told({ id, version }: MapInForce, { result, targets, otherwise, release }: Translation): object[] {
  const source = { name: 'source', valueUri: `${urlOf(id)}|${version}` }
  const from = { name: 'message', valueString: `${id} ${version} (${release})` }
  const matches = targets.map((one) => ({
    name: 'match',
    part: [...partsOf(one), source],
  }))
  const others = otherwise.map((one) => ({
    name: 'otherwise',
    part: [...partsOf(one), { name: 'because', valueCode: one.because }, source],
  }))
  return [{ name: 'result', valueBoolean: result }, from, ...matches, ...others]
}

type Told = Translation['targets'][number] | Translation['otherwise'][number]

function partsOf({ system, code, display, equivalence, rule, advice, group, priority }: Told): object[] {
  const coding = { system, ...(code === null ? {} : { code }), ...(display === undefined ? {} : { display }) }
  return [
    { name: 'equivalence', valueCode: code === null ? 'unmatched' : equivalence },
    ...(code === null ? [] : [{ name: 'concept', valueCoding: coding }]),
    { name: 'rule', valueString: rule },
    { name: 'group', valueInteger: group },
    { name: 'priority', valueInteger: priority },
    ...(advice === undefined ? [] : [{ name: 'advice', valueString: advice }]),
  ]
}

function answered(parameter: readonly object[]): FhirAnswer {
  return { status: 200, body: JSON.stringify({ resourceType: 'Parameters', parameter }) }
}
