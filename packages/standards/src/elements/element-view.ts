/** FHIR records as values of data elements (a derived view), and values of data elements as FHIR records again. */
import { isObject, type JsonObject } from '../fhirpath/navigate.ts'
import { pathText } from '../walk.ts'
import type { CompiledElement } from './compile-elements.ts'
import { readPath, writePath } from './element-path.ts'
import { elementText, fhirValue } from './element-value.ts'

/** One value of an element; `at` is where FHIR holds it, absent for what the system added. */
export interface ElementValue {
  readonly id: string
  readonly value: string
  readonly at?: string
}

/** The three elements that the system itself adds to every record on the ledger (S24). */
export interface LedgerFacts {
  /** Time of the block in UTC, `YYYYMMDDThhmmss`. */
  readonly time: string
  /** Hex of the commitment. */
  readonly hash: string
  /** The organisation whose node submitted it. */
  readonly node: string
}

/** The values that records hold of the elements, in the order of the elements. What cannot be said as a value is left out. */
export function viewElements(
  records: readonly unknown[],
  elements: Iterable<CompiledElement>,
  ledger?: LedgerFacts,
): ElementValue[] {
  const values = [...elements].flatMap(({ element, path }) =>
    path === undefined
      ? []
      : records.filter(isObject).flatMap((record) =>
          readPath(path, record).flatMap(({ value, at }): ElementValue[] => {
            const said = elementText(element, value)
            const place = pathText([String(record.resourceType), ...at])
            return 'text' in said ? [{ id: element.id, value: said.text, at: place }] : []
          }),
        ),
  )
  if (ledger === undefined) return values
  return [
    ...values,
    { id: 'MER.LEDGER.TIME', value: ledger.time },
    { id: 'MER.LEDGER.HASH', value: ledger.hash },
    { id: 'MER.LEDGER.NODE', value: ledger.node },
  ]
}

/**
 * FHIR records that hold the values: elements about the same resource (`Observation` of one code) go into one. They are what
 * the values say and no more; a status that FHIR asks for is the caller's to add.
 */
export function writeElements(
  values: readonly Pick<ElementValue, 'id' | 'value'>[],
  elements: ReadonlyMap<string, CompiledElement>,
): JsonObject[] {
  const records = new Map<string, JsonObject>()
  for (const { id, value } of values) {
    const compiled = elements.get(id)
    if (compiled?.path === undefined) continue
    const { path, element } = compiled
    const head = JSON.stringify([path.resourceType, path.filters])
    records.set(head, writePath(path, fhirValue(element, value, path.leaf), records.get(head)))
  }
  return [...records.values()]
}
