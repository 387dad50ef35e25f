/** Checks the directives of a template: each is one we have, and names columns, records and value maps that exist. */
import type { Template } from './csv-mapping.ts'
import { isMembers, type Members, type ShapeReader } from './mapping-shape.ts'

/** What a template may name. */
export interface TemplateNames {
  readonly column: (name: string, place: string) => void
  readonly records: ReadonlySet<string>
  readonly valueMaps: Readonly<Record<string, unknown>>
}

/** Options that may stand beside each directive. */
const optionsOf: Readonly<Record<string, readonly string[]>> = {
  $text: [],
  $number: [],
  $integer: [],
  $code: ['values'],
  $quantity: ['unit', 'unitColumn', 'convertTo', 'dimensionless'],
  $date: ['order'],
  $dateTime: ['order'],
  $boolean: ['yes', 'no'],
  $reference: [],
  $join: [],
  $decimal: [],
}

/** Notes every mistake in a template. */
export function checkTemplate(
  template: unknown,
  place: string,
  names: TemplateNames,
  shape: ShapeReader,
): void {
  if (Array.isArray(template)) {
    for (const [at, item] of template.entries()) checkTemplate(item, `${place}/${at}`, names, shape)
  } else if (isMembers(template)) {
    const directive = Object.keys(template).find((member) => member.startsWith('$'))
    if (directive === undefined) {
      for (const [name, member] of Object.entries(template))
        checkTemplate(member, `${place}/${name}`, names, shape)
    } else checkDirective(directive, template, place, names, shape)
  } else if (!isConstant(template)) shape.wrong('csv.mapping.constant', place)
}

function isConstant(value: unknown): value is Template {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isSafeInteger(value)
}

function checkDirective(
  directive: string,
  members: Members,
  place: string,
  names: TemplateNames,
  shape: ShapeReader,
): void {
  const options = optionsOf[directive]
  if (options === undefined) {
    shape.wrong('csv.mapping.directive', `${place}/${directive}`)
    return
  }
  shape.only(members, [directive, ...options], place)
  const argument = members[directive]
  if (directive === '$join') {
    for (const part of shape.strings(argument, `${place}/$join`))
      if (!part.startsWith('=')) names.column(part, place)
    return
  }
  const name = shape.string(argument, `${place}/${directive}`)
  if (directive === '$decimal') {
    if (!/^-?\d+(\.\d+)?$/.test(name)) shape.wrong('csv.mapping.number', place)
  } else if (directive === '$reference') {
    if (!names.records.has(name)) shape.wrong('csv.mapping.record-unknown', place)
  } else names.column(name, place)
  checkOptions(directive, members, place, names, shape)
}

function checkOptions(
  directive: string,
  members: Members,
  place: string,
  names: TemplateNames,
  shape: ShapeReader,
): void {
  if (
    directive === '$code' &&
    !Object.hasOwn(names.valueMaps, shape.string(members.values, `${place}/values`))
  ) {
    shape.wrong('csv.mapping.values-unknown', `${place}/values`)
  }
  if (directive === '$boolean') {
    shape.strings(members.yes, `${place}/yes`)
    shape.strings(members.no, `${place}/no`)
  }
  if (members.order !== undefined) shape.oneOf(members.order, ['YMD', 'DMY', 'MDY'], `${place}/order`)
  for (const text of ['unit', 'convertTo']) {
    if (members[text] !== undefined) shape.string(members[text], `${place}/${text}`)
  }
  if (members.unitColumn !== undefined) names.column(shape.string(members.unitColumn, place), place)
}
