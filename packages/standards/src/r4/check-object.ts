/** Checks a JSON object member by member: unknown, missing, too many, two choices, empty; then its invariants. */
import { labelOf } from '../element-labels.ts'
import { isObject, type JsonObject } from '../fhirpath/navigate.ts'
import { report, type Walk } from '../walk.ts'
import { checkMember } from './check-member.ts'
import type { Members } from './members.ts'
import { type Rule, testRules } from './rule.ts'

/** A member name that may be shown: nobody's data can hide in it. */
const showable = /^_?[A-Za-z][A-Za-z0-9]{0,63}$/

/** Where a member we do not know stands, without repeating what may be data. */
const placeOf = (name: string): string => (showable.test(name) ? name : '(?)')

/** Checks an element or resource against the members of its type. `isResource` allows `resourceType`. */
export function checkObject(
  value: unknown,
  members: Members,
  rules: readonly Rule[],
  isResource: boolean,
  walk: Walk,
): void {
  if (!isObject(value)) {
    report(walk, value === null ? 'r4.null-value' : 'r4.object-expected')
    return
  }
  const content = checkMembers(value, members, isResource, walk)
  if (content === 0 && !isResource) report(walk, 'r4.empty-element')
  checkRequired(value, members, walk)
  if (rules.length > 0) testRules(rules, value, walk)
}

/** Checks every member that is there; answers how many there are beside `id`. */
function checkMembers(value: JsonObject, members: Members, isResource: boolean, walk: Walk): number {
  const chosen: (string | undefined)[] = members.choiceNames.length > 0 ? [] : none
  let content = 0
  for (const name in value) {
    // Not JSON, but what an object built in a program may have; it says nothing.
    if (value[name] === undefined) continue
    const member = members.byName.get(name)
    if (member === undefined) {
      if (name === 'resourceType' && isResource) continue
      report(walk, 'r4.unknown-element', { type: members.typeName }, placeOf(name))
      content += 1
      continue
    }
    if (name !== 'id') content += 1
    else if (!isResource) noteElementId(value.id, members, walk)
    if (member.choice >= 0) {
      const earlier = chosen[member.choice]
      if (earlier !== undefined && earlier !== member.name) reportTwoChoices(members, member.choice, walk)
      chosen[member.choice] = member.name
    }
    if (name === member.name) checkMember(member, value, walk)
    // The extension holder alone; beside its value it was looked at together with it.
    else if (value[member.name] === undefined) checkMember(member, value, walk)
  }
  return content
}

/**
 * Element.id is unique within its resource (R4 element.html). Snapshot and differential of a StructureDefinition name the
 * same elements by design.
 */
function noteElementId(id: unknown, { typeName }: Members, walk: Walk): void {
  if (typeof id !== 'string' || typeName === 'ElementDefinition') return
  walk.elementIds ??= new Set()
  if (walk.elementIds.has(id)) report(walk, 'r4.duplicate-element-id', {}, 'id')
  walk.elementIds.add(id)
}

const none: (string | undefined)[] = []

function reportTwoChoices(members: Members, choice: number, walk: Walk): void {
  const name = members.choiceNames[choice] ?? ''
  report(walk, 'r4.two-choices', { element: labelOf([name]) }, `${name}[x]`)
}

function checkRequired(value: JsonObject, { required }: Members, walk: Walk): void {
  for (const { name, alternatives } of required) {
    if (!alternatives.some((alternative) => value[alternative] !== undefined))
      report(walk, 'r4.missing-element', {}, name)
  }
}
