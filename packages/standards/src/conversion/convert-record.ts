/**
 * Converts one resource for a receiver: codes by the maps in force, quantities to the receiver's units. Pure: the same text,
 * capability and maps give the same bytes on any machine. Nothing is taken away; what is lost is said (ADR 0170).
 */
import {
  type CanonicalText,
  canonicalTextOf,
  plainCopy,
  replaceValue,
  setMember,
  valueAt,
} from '@meridian/protocol'
import { labelOf } from '../element-labels.ts'
import type { JsonObject } from '../fhirpath/navigate.ts'
import type { Finding } from '../finding.ts'
import { type FindingCode, findingOf } from '../findings-catalogue.ts'
import { convertDecimal } from '../units/convert.ts'
import { type CodedPlace, codedPlaces } from './coded-places.ts'
import type { Capability } from './speaks.ts'

/** A code in its system. */
export interface Code {
  readonly system: string
  readonly code: string
}

/** One answer of a map: the target, how it relates to the source (FHIR R4 ConceptMapEquivalence), and the map that gave it. */
export interface Target extends Code {
  readonly display?: string
  readonly equivalence: string
  readonly map: { readonly id: string; readonly version: string; readonly hash: string }
}

/** Asks the maps in force. `no-map`: none leads from the system to one of those wanted; an empty list: no target in it. */
export type Translate = (source: Code, wanted: readonly string[]) => readonly Target[] | 'no-map'

/** What a conversion gives: the text, what was lost, and the maps that were used, by id and version. */
export interface Converted {
  readonly text: CanonicalText
  readonly losses: readonly Finding[]
  readonly maps: readonly Target['map'][]
}

/** On a CodeableConcept: a code of the findings catalogue that says what the receiver lost there. */
export const conversionLossExtension = 'urn:meridian:extension:conversion-loss'

/** Converts the canonical text of a resource. */
export function convertRecord(
  text: CanonicalText,
  receiver: Pick<Capability, 'codes' | 'units'>,
  translate: Translate,
): Converted {
  const resource = plainCopy(text) as JsonObject
  const work: Work = { text, losses: [], maps: new Map(), receiver, translate, resource }
  for (const place of codedPlaces(resource)) {
    if (place.kind === 'concept') convertConcept(place, work)
    else convertQuantity(place, work)
  }
  const maps = [...work.maps.values()].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  return { text: work.text, losses: work.losses, maps }
}

interface Work {
  text: CanonicalText
  readonly losses: Finding[]
  readonly maps: Map<string, Target['map']>
  readonly receiver: Pick<Capability, 'codes' | 'units'>
  readonly translate: Translate
  readonly resource: JsonObject
}

function nameOf(map: Target['map']): string {
  return `${map.id}|${map.version}`
}

type ConceptPlace = Extract<CodedPlace, { kind: 'concept' }>
type QuantityPlace = Extract<CodedPlace, { kind: 'quantity' }>

/** The first coding that leads to an accepted system is enough; its targets go in front of what the sender wrote. */
function convertConcept(place: ConceptPlace, work: Work): void {
  const wanted = work.receiver.codes.find(({ path }) => path === place.element)?.systems
  const codes = place.codings.filter(isCode)
  if (wanted === undefined || codes.length === 0) return
  if (codes.some(({ system }) => wanted.includes(system))) return
  const answers = codes.map((code) => work.translate(code, wanted))
  const targets = answers.find(
    (answer): answer is readonly Target[] => answer !== 'no-map' && answer.length > 0,
  )
  if (targets === undefined) {
    const isKnown = answers.some((answer) => answer !== 'no-map')
    lose(place, isKnown ? 'conversion.no-target' : 'conversion.no-map', work)
    return
  }
  for (const { map } of targets) work.maps.set(nameOf(map), map)
  addCodings(place, targets, work)
  const loss = lossOf(targets)
  if (loss !== undefined) lose(place, loss, work)
}

function isCode(coding: JsonObject): coding is JsonObject & Code {
  return typeof coding.system === 'string' && typeof coding.code === 'string'
}

function addCodings(place: ConceptPlace, targets: readonly Target[], work: Work): void {
  const pointer = `${place.pointer}/coding`
  const held = valueAt(work.text, pointer) as CanonicalText
  const added = targets.map(({ system, code, display }) =>
    canonicalTextOf({ system, code, ...(display === undefined ? {} : { display }) }),
  )
  work.text = replaceValue(work.text, pointer, `[${added.join(',')},${held.slice(1)}` as CanonicalText)
}

/** R4: with `wider` and `subsumes` the target means more than the source; with the others it is not the same. */
const losses: Readonly<Record<string, FindingCode>> = {
  wider: 'conversion.wider',
  subsumes: 'conversion.wider',
  inexact: 'conversion.inexact',
  narrower: 'conversion.inexact',
  specializes: 'conversion.inexact',
  relatedto: 'conversion.inexact',
}

function lossOf(targets: readonly Target[]): FindingCode | undefined {
  return targets.map(({ equivalence }) => losses[equivalence]).find((loss) => loss !== undefined)
}

/** Says it to the sender as a finding and to the receiver in the record itself. */
function lose(place: ConceptPlace, code: FindingCode, work: Work): void {
  work.losses.push(findingOf(code, place.path, { element: labelOf(place.element.split('.')) }))
  const held = valueAt(work.text, `${place.pointer}/extension`)
  const loss = canonicalTextOf({ url: conversionLossExtension, valueCode: code })
  const value = held === undefined ? `[${loss}]` : `${held.slice(0, -1)},${loss}]`
  work.text = setMember(work.text, place.pointer, { name: 'extension', value: value as CanonicalText })
}

function convertQuantity(place: QuantityPlace, work: Work): void {
  const wanted = unitFor(place, work)
  if (wanted === undefined || wanted === place.unit) return
  const source = valueAt(work.text, `${place.pointer}/value`) as string
  const value = convertDecimal(source, place.unit, wanted)
  const label = { element: labelOf(place.element.split('.')), unit: wanted }
  if (value === undefined) {
    work.losses.push(findingOf('conversion.unit', place.path, label))
    return
  }
  if (convertDecimal(value, wanted, place.unit) !== source && !sameNumber(value, wanted, place.unit, source))
    work.losses.push(findingOf('conversion.rounded', place.path, label))
  for (const [name, text] of [
    ['value', value],
    ['code', canonicalTextOf(wanted)],
    ['unit', canonicalTextOf(wanted)],
  ] as const)
    work.text = setMember(work.text, place.pointer, { name, value: text as CanonicalText })
}

// Back in the first unit the digits may end in other zeros; that is no loss.
function sameNumber(value: string, unit: string, back: string, source: string): boolean {
  const returned = convertDecimal(value, unit, back)
  return returned !== undefined && trimmed(returned) === trimmed(source)
}

function trimmed(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal
}

/** Only what is measured by a code has a unit of its own: `Observation.value` and its components. */
function unitFor(place: QuantityPlace, { receiver, resource }: Work): string | undefined {
  const component = /^\/component\/(\d+)\/valueQuantity$/.exec(place.pointer)
  if (place.pointer !== '/valueQuantity' && component === null) return undefined
  const list = resource.component as readonly JsonObject[] | undefined
  const owner = component === null ? resource : list?.[Number(component[1])]
  const codings = (owner?.code as JsonObject | undefined)?.coding
  const codes = Array.isArray(codings) ? codings.filter(isCode) : []
  return receiver.units.find(({ system, code }) =>
    codes.some((coding) => coding.system === system && coding.code === code),
  )?.unit
}
