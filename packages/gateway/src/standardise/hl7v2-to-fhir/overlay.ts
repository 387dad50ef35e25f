/** Lays the text of an update over the text that is there, member by member, without touching what the update does not speak of. */
import type { CanonicalText } from '@meridian/protocol'
import { itemSlices, memberSlices } from '../../json-slices.ts'
import type { ExistingRule } from './existing-rule.ts'

/** Members of which a resource has one at most: the new one takes the place of the others. */
const choices: readonly (readonly string[])[] = [
  ['deceasedBoolean', 'deceasedDateTime'],
  ['multipleBirthBoolean', 'multipleBirthInteger'],
  ['birthDate', '_birthDate'],
  ['gender', '_gender'],
]

/** The text of `update` completed by what `existing` has and the update does not speak of. Both are canonical objects. */
export function overlayText(
  existing: CanonicalText,
  update: CanonicalText,
  rule: ExistingRule,
): CanonicalText {
  const before = membersOf(existing)
  const now = membersOf(update)
  for (const name of rule.defaults ?? []) if (before.has(name)) now.delete(name)
  for (const choice of choices) {
    if (choice.some((name) => now.has(name))) for (const name of choice) before.delete(name)
  }
  return printed(joined(before, now, { ...rule, within: '' }))
}

/** The rule, and the member inside which it is applied (`period.`). */
interface Place extends ExistingRule {
  readonly within: string
}

function joined(
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
  place: Place,
): Map<string, string> {
  const all = new Map([...before].filter(([name]) => !place.cleared?.includes(place.within + name)))
  for (const [name, value] of now) {
    all.set(name, joinedValue(all.get(name), value, { ...place, within: `${place.within}${name}.` }))
  }
  return place.within === '' ? clearedInside(all, now, place) : all
}

// Objects (a period, a hospitalisation) are laid over one another; lists are replaced or united; all else is replaced.
function joinedValue(before: string | undefined, now: string, place: Place): string {
  if (before === undefined || before[0] !== now[0]) return now
  if (now[0] === '{') return printed(joined(membersOf(before), membersOf(now), place))
  return now[0] === '[' && place.rule === 'unite' ? united(before, now) : now
}

// An object the update does not speak of at all may still hold a member that goes.
function clearedInside(
  all: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
  place: Place,
): Map<string, string> {
  const kept = [...all].map(([name, value]): [string, string] => {
    if (now.has(name) || value[0] !== '{') return [name, value]
    return [name, printed(joined(membersOf(value), new Map(), { ...place, within: `${name}.` }))]
  })
  return new Map(kept.filter(([, value]) => value !== '{}'))
}

function united(before: string, now: string): string {
  return `[${[...new Set([...itemsOf(before), ...itemsOf(now)])].join(',')}]`
}

function membersOf(text: string): Map<string, string> {
  const slices = memberSlices(text) ?? new Map()
  return new Map([...slices].map(([name, { from, to }]) => [name, text.slice(from, to)]))
}

function itemsOf(text: string): string[] {
  return (itemSlices(text) ?? []).map(({ from, to }) => text.slice(from, to))
}

// Sorted by code units, as canonical text is; member names of FHIR need no escaping.
function printed(members: ReadonlyMap<string, string>): CanonicalText {
  const names = [...members.keys()].sort()
  return `{${names.map((name) => `"${name}":${members.get(name)}`).join(',')}}` as CanonicalText
}
