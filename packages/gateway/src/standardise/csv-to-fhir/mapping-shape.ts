/** Checks the shape of JSON somebody else wrote, gathering every mistake with its place; small on purpose. */

/** One mistake of a mapping document: a code of the catalogue and a JSON Pointer. */
export interface MappingProblem {
  readonly code: string
  readonly place: string
}

/** JSON members of an object. */
export type Members = Readonly<Record<string, unknown>>

/** Reads values of a document and notes what has another shape than it should. */
export interface ShapeReader {
  readonly problems: MappingProblem[]
  wrong(code: string, place: string): undefined
  object(value: unknown, place: string): Members
  list(value: unknown, place: string): readonly unknown[]
  string(value: unknown, place: string): string
  strings(value: unknown, place: string): readonly string[]
  oneOf<T extends string>(value: unknown, allowed: readonly T[], place: string): T
  /** Notes members that mean nothing: a misspelt option must not be silence. */
  only(members: Members, allowed: readonly string[], place: string): void
}

/** A fresh {@link ShapeReader}. */
export function createShapeReader(): ShapeReader {
  const problems: MappingProblem[] = []
  const wrong = (code: string, place: string): undefined => {
    problems.push({ code, place })
    return undefined
  }
  const list = (value: unknown, place: string): readonly unknown[] =>
    Array.isArray(value) ? value : (wrong('csv.mapping.list', place) ?? [])
  const string = (value: unknown, place: string): string =>
    typeof value === 'string' ? value : (wrong('csv.mapping.text', place) ?? '')
  return {
    problems,
    wrong,
    list,
    string,
    object: (value, place) => (isMembers(value) ? value : (wrong('csv.mapping.object', place) ?? {})),
    strings: (value, place) => list(value, place).map((item, at) => string(item, `${place}/${at}`)),
    oneOf: (value, allowed, place) =>
      allowed.find((one) => one === value) ?? wrong('csv.mapping.choice', place) ?? (allowed[0] as never),
    only(members, allowed, place) {
      for (const name of Object.keys(members)) {
        if (!allowed.includes(name)) wrong('csv.mapping.member', `${place}/${name}`)
      }
    },
  }
}

/** True for a JSON object. */
export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
