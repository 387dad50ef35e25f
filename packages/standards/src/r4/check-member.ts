/** Checks one member of an object: list or single, primitive with its extension holder, or complex. */
import { formHints } from '../catalogue/form-hints.ts'
import type { JsonObject } from '../fhirpath/navigate.ts'
import { report, type Walk } from '../walk.ts'
import type { Member } from './members.ts'
import { testRules } from './rule.ts'

/** Checks `owner[member.name]` and, for a primitive, the holder of its extensions beside it. */
export function checkMember(member: Member, owner: JsonObject, walk: Walk): void {
  walk.path.push(member.name)
  const value = owner[member.name]
  const holder = member.holder === undefined ? undefined : owner[member.holder]
  if (member.many) checkList(member, value, holder, walk)
  else if (Array.isArray(value) || Array.isArray(holder)) report(walk, 'r4.single-expected')
  else checkOne(member, value, holder, owner, member.name, walk)
  walk.path.pop()
}

function checkList(member: Member, value: unknown, holder: unknown, walk: Walk): void {
  if (!isList(value) || !isList(holder)) {
    report(walk, 'r4.list-expected')
    return
  }
  const values = value ?? []
  const holders = holder ?? []
  const length = Math.max(values.length, holders.length)
  if (length === 0) {
    report(walk, 'r4.empty-list')
    return
  }
  for (let i = 0; i < length; i += 1) {
    walk.path.push(i)
    checkOne(member, values[i] ?? undefined, holders[i] ?? undefined, values, String(i), walk)
    walk.path.pop()
  }
}

const isList = (value: unknown): value is unknown[] | undefined => value === undefined || Array.isArray(value)

/** One occurrence; `owner[key]` is where the value stands, for its source text. */
function checkOne(
  member: Member,
  value: unknown,
  holder: unknown,
  owner: object,
  key: string,
  walk: Walk,
): void {
  if (holder !== undefined) member.holderCheck(holder, walk)
  if (value === undefined || value === null) {
    if (holder === undefined) report(walk, 'r4.null-value')
    return
  }
  if (member.form !== undefined && !member.form(value, walk.numbers?.get(owner)?.get(key))) {
    report(walk, 'r4.primitive-form', { type: member.type, form: formHints[member.type] ?? '' })
    return
  }
  member.check(value, walk)
  if (member.rules.length > 0) testRules(member.rules, value, walk)
}
