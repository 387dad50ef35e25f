/** How FHIRPath moves about in plain FHIR JSON: members, choice elements, children, descendants. */

/** A JSON object as `JSON.parse` makes it. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Whether a JSON value is an object (not an array, not null). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** JSON member to the element it stands for: `valueQuantity` to `value`. */
export type ChoiceMembers = ReadonlyMap<string, string>

/** The elements called `name` of one item; a primitive that has only extensions comes as its extension holder. */
export function membersNamed(item: unknown, name: string, choices: ChoiceMembers): readonly unknown[] {
  if (!isObject(item)) return []
  const own = elementsAt(item, name)
  if (own.length > 0) return own
  for (const member in item) {
    const plain = member.startsWith('_') ? member.slice(1) : member
    if (choices.get(plain) === name) return elementsAt(item, plain)
  }
  return []
}

/**
 * PERF: a list without extension holders is handed out as it is, never copied or searched: some invariants come back to
 * the same list for each of its items. A null in it is no element to anyone who asks for members.
 */
function elementsAt(item: JsonObject, name: string): readonly unknown[] {
  const value = item[name]
  const holder = item[`_${name}`]
  if (holder === undefined)
    return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]
  if (value !== undefined && value !== null && !Array.isArray(value)) return [value]
  const values = Array.isArray(value) ? value : []
  const holders = Array.isArray(holder) ? holder : [holder]
  const length = Math.max(values.length, holders.length)
  return Array.from({ length }, (_, i) => values[i] ?? holders[i]).filter(
    (e) => e !== null && e !== undefined,
  )
}

/** All elements directly below an item. */
export function childrenOf(item: unknown): unknown[] {
  if (!isObject(item)) return []
  const names = new Set(Object.keys(item).map((member) => member.replace(/^_/, '')))
  names.delete('resourceType')
  return [...names].flatMap((name) => elementsAt(item, name))
}

/** All elements below an item at any depth, the extensions of primitives among them. */
export function descendantsOf(item: unknown): unknown[] {
  const found: unknown[] = []
  const open: unknown[] = [item]
  while (open.length > 0) {
    const next = open.pop()
    if (!isObject(next)) continue
    for (const child of childrenOf(next)) {
      found.push(child)
      open.push(child)
    }
    for (const member in next)
      if (member.startsWith('_')) openHolders(next[member.slice(1)], next[member], open)
  }
  return found
}

/** Holders beside a value are no elements, but what is inside them is; those without a value were found as its stand-in. */
function openHolders(value: unknown, holder: unknown, open: unknown[]): void {
  const holders = Array.isArray(holder) ? holder : [holder]
  const values = Array.isArray(value) ? value : [value]
  for (const [i, one] of holders.entries()) if (values[i] !== undefined && values[i] !== null) open.push(one)
}
