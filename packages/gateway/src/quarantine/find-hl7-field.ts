/** Finds a field of an HL7 v2 message in its text by a place such as `PID-8`, `OBX[3]-5` or `PID-3[2].4`. */
import type { Mark } from './mark-place.ts'

const placeForm = /^([A-Z][A-Z0-9]{2})(?:\[(\d+)\])?(?:-(\d+)(?:\[(\d+)\])?(?:\.(\d+))?)?/

/** The span of the field, repetition or component; of the segment when the field is not there. Separators by MSH. */
export function findHl7Field(text: string, place: string): Mark | undefined {
  const [, name, nth, field, repetition, component] = placeForm.exec(place) ?? []
  const segment = name === undefined ? undefined : findSegment(text, name, Number(nth ?? 1))
  if (segment === undefined || field === undefined) return segment
  const msh = text.indexOf('MSH')
  const [fieldSign = '|', componentSign = '^', repetitionSign = '~'] = text.slice(msh + 3, msh + 6)
  const found = inField(text, segment, Number(field) - (name === 'MSH' ? 1 : 0), fieldSign)
  if (found === undefined) return segment
  const repeated = repetition ? nthPart(text, found, Number(repetition) - 1, repetitionSign) : found
  return component ? (nthPart(text, repeated, Number(component) - 1, componentSign) ?? repeated) : repeated
}

function inField(text: string, segment: Mark, index: number, sign: string): Mark | undefined {
  const found = nthPart(text, segment, index, sign)
  // An empty field is marked with the separator before it, or there would be nothing to see.
  return found.from === found.to && found.from > 0 ? { from: found.from - 1, to: found.to } : found
}

function findSegment(text: string, name: string, nth: number): Mark | undefined {
  let seen = 0
  for (let from = 0; from <= text.length; ) {
    const end = text.indexOf('\n', from)
    const to = end === -1 ? text.length : end
    if (text.startsWith(name, from) && ++seen === nth) return { from, to }
    from = to + 1
  }
  return undefined
}

/** The part `index` (from 0) between separators; the whole when there are fewer. */
function nthPart(text: string, { from, to }: Mark, index: number, sign: string): Mark {
  let start = from
  for (let n = 0; n < index; n++) {
    const next = text.indexOf(sign, start)
    if (next === -1 || next >= to) return { from, to }
    start = next + 1
  }
  const end = text.indexOf(sign, start)
  return { from: start, to: end === -1 || end > to ? to : end }
}
