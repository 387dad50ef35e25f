/** Scanners over JSON source text (RFC 8259), shared by the reader of any text and the check for canonical text. */

const QUOTE = 0x22
const BACKSLASH = 0x5c
const MINUS = 0x2d
const ZERO = 0x30

/** `code` is `0`–`9`. */
function isDigit(code: number): boolean {
  return code >= ZERO && code <= 0x39
}

/** `at` is behind an opening quote. The index of the first quote, backslash or control character; text length if none. */
export function plainRunEnd(text: string, at: number): number {
  const { length } = text
  let i = at
  while (i < length) {
    const code = text.charCodeAt(i)
    if (code === QUOTE || code === BACKSLASH || code < 0x20) break
    i++
  }
  return i
}

/** The end of the JSON number that starts at `at`; `−(i + 1)` when the text stops being one at index i. */
export function numberEnd(text: string, at: number): number {
  let i = at
  if (text.charCodeAt(i) === MINUS) i++
  if (!isDigit(text.charCodeAt(i))) return -(i + 1)
  if (text.charCodeAt(i) === ZERO) {
    i++
    if (isDigit(text.charCodeAt(i))) return -(i + 1)
  } else i = digitsEnd(text, i)
  if (text.charCodeAt(i) === 0x2e) {
    if (!isDigit(text.charCodeAt(i + 1))) return -(i + 2)
    i = digitsEnd(text, i + 1)
  }
  const letter = text.charCodeAt(i)
  return letter === 0x65 || letter === 0x45 ? exponentEnd(text, i + 1) : i
}

function exponentEnd(text: string, at: number): number {
  const sign = text.charCodeAt(at)
  const first = sign === 0x2b || sign === MINUS ? at + 1 : at
  return isDigit(text.charCodeAt(first)) ? digitsEnd(text, first) : -(first + 1)
}

function digitsEnd(text: string, at: number): number {
  let i = at
  while (isDigit(text.charCodeAt(i))) i++
  return i
}

/** The end of `true`, `false` or `null` at `at`, or −1. */
export function literalEnd(text: string, at: number): number {
  if (text.startsWith('true', at) || text.startsWith('null', at)) return at + 4
  return text.startsWith('false', at) ? at + 5 : -1
}

/** The end of a string whose opening quote is at `at`, in text known to be JSON. */
export function trustedStringEnd(text: string, at: number): number {
  let i = plainRunEnd(text, at + 1)
  while (text.charCodeAt(i) === BACKSLASH) i = plainRunEnd(text, i + 2)
  return i + 1
}

/** The end of the value at `at`, in text known to be canonical JSON. */
export function trustedValueEnd(text: string, at: number): number {
  const code = text.charCodeAt(at)
  if (code === QUOTE) return trustedStringEnd(text, at)
  if (code === 0x7b || code === 0x5b) return trustedContainerEnd(text, at)
  let i = at
  while (i < text.length && !isValueEnd(text.charCodeAt(i))) i++
  return i
}

/** A comma or a closing bracket. */
function isValueEnd(code: number): boolean {
  return code === 0x2c || code === 0x5d || code === 0x7d
}

function trustedContainerEnd(text: string, at: number): number {
  let depth = 0
  let i = at
  do {
    const code = text.charCodeAt(i)
    if (code === QUOTE) {
      i = trustedStringEnd(text, i)
      continue
    }
    if (code === 0x7b || code === 0x5b) depth++
    else if (code === 0x7d || code === 0x5d) depth--
    i++
  } while (depth > 0)
  return i
}
