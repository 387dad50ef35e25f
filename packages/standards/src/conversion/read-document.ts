/** Reads a small JSON document strictly, gathering every mistake with its place. */

/** One mistake: what was expected, at a JSON Pointer. */
export interface Problem {
  readonly place: string
  readonly expected: string
}

/** Readers that note a problem and go on with an empty value, so that all mistakes are told at once. */
export interface DocumentReader {
  readonly problems: Problem[]
  /** A JSON object with no other members than those allowed. */
  object(value: unknown, place: string, allowed: readonly string[]): Readonly<Record<string, unknown>>
  text(value: unknown, form: RegExp, place: string): string
  oneOf<T extends string>(value: unknown, allowed: readonly T[], place: string): T
  list<T>(value: unknown, place: string, read: (item: unknown, place: string) => T): readonly T[]
}

/** A fresh reader; a list longer than `limit` is a problem. */
export function createReader(limit: number): DocumentReader {
  const problems: Problem[] = []
  const wrong = (place: string, expected: string) => {
    problems.push({ place, expected })
  }
  return {
    problems,
    object(value, place, allowed) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        wrong(place, 'object')
        return {}
      }
      for (const name of Object.keys(value)) {
        if (!allowed.includes(name)) wrong(`${place}/${name.slice(0, 64)}`, 'no such member')
      }
      return value as Readonly<Record<string, unknown>>
    },
    text(value, form, place) {
      if (typeof value === 'string' && form.test(value)) return value
      wrong(place, form.source)
      return ''
    },
    oneOf(value, allowed, place) {
      const found = allowed.find((one) => one === value)
      if (found === undefined) wrong(place, allowed.join(' | '))
      return found ?? (allowed[0] as never)
    },
    list(value, place, read) {
      if (!Array.isArray(value) || value.length > limit) {
        wrong(place, `list of at most ${limit}`)
        return []
      }
      return value.map((item, at) => read(item, `${place}/${at}`))
    },
  }
}
