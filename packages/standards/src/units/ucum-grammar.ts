/**
 * The grammar of UCUM codes (UCUM §1–§12), without looking symbols up. The library is only asked about texts that have
 * it: on others it can fail inside, and then writes the text to the console, where nothing of a record may appear.
 */

const token = {
  /** `%`, letters, bracketed parts and primes; digits only inside a symbol (`m[H2O]`, `10*`, `B[10.nV]`). */
  symbol: /(?:10[*^]|(?:[A-Za-z%'"_]|\[[\x21-\x5a\x5c\x5e-\x7a\x7c\x7e]+\])+)/y,
  exponent: /[+-]?\d{1,3}/y,
  digits: /\d{1,15}/y,
  annotation: /\{[\x21-\x7a\x7c\x7e]*\}/y,
} as const

/** Names that every JavaScript object has, which a look-up in a plain table would find. */
const inherited = new Set(Object.getOwnPropertyNames(Object.prototype))

/** Deeper parentheses than any unit has. */
const deepest = 8

interface Reader {
  readonly text: string
  at: number
}

/** Whether a text has the form of a UCUM code. Linear in its length. */
export function hasUcumForm(text: string): boolean {
  const reader: Reader = { text, at: 0 }
  return readTerm(reader, 0) && reader.at === text.length
}

function take(reader: Reader, form: RegExp): string | undefined {
  form.lastIndex = reader.at
  const found = form.exec(reader.text)?.[0]
  if (found !== undefined) reader.at += found.length
  return found
}

function takeCharacter(reader: Reader, characters: string): boolean {
  const next = reader.text[reader.at]
  if (next === undefined || !characters.includes(next)) return false
  reader.at += 1
  return true
}

/** `/a`, `a.b/c` */
function readTerm(reader: Reader, depth: number): boolean {
  takeCharacter(reader, '/')
  do if (!readComponent(reader, depth)) return false
  while (takeCharacter(reader, './'))
  return true
}

/** `(a.b)`, `m2{note}`, `{note}`, `60` */
function readComponent(reader: Reader, depth: number): boolean {
  if (takeCharacter(reader, '('))
    return depth < deepest && readTerm(reader, depth + 1) && takeCharacter(reader, ')')
  const symbol = take(reader, token.symbol)
  if (symbol !== undefined) {
    if (inherited.has(symbol)) return false
    take(reader, token.exponent)
  } else if (take(reader, token.digits) === undefined) {
    return take(reader, token.annotation) !== undefined
  }
  take(reader, token.annotation)
  return true
}
