/** Escape sequences of HL7 v2 text (v2.8 §2.7): separators, hexadecimal bytes, layout commands. */
import { decodeText } from './charset.ts'
import type { Encoding } from './message.ts'

/**
 * Resolves the escapes of one text. Separators come back as themselves, `\X..\` as bytes of the message's character set, line
 * commands as line feeds; highlighting goes; what no standard defines (`\Z..\`, `\C..\`) stays as it came.
 */
export function unescapeText(raw: string, encoding: Encoding): string {
  const mark = encoding.escape
  let at = mark === '' ? -1 : raw.indexOf(mark)
  if (at < 0) return raw
  let result = ''
  let from = 0
  while (at >= 0) {
    const end = raw.indexOf(mark, at + 1)
    if (end < 0) break
    const resolved = end - at > 1 ? resolve(raw.slice(at + 1, end), encoding) : undefined
    // An unknown sequence may be a lone escape character before a real one, so only the first is passed over.
    result += raw.slice(from, at) + (resolved ?? mark)
    from = resolved === undefined ? at + 1 : end + 1
    at = raw.indexOf(mark, from)
  }
  return result + raw.slice(from)
}

function resolve(sequence: string, encoding: Encoding): string | undefined {
  if (sequence.length === 1) return single(sequence, encoding)
  if (sequence[0] === 'X') return hexadecimal(sequence.slice(1), encoding)
  if (sequence[0] === '.') return layout(sequence)
  return undefined
}

function single(letter: string, encoding: Encoding): string | undefined {
  switch (letter) {
    case 'F':
      return encoding.field
    case 'S':
      return encoding.component
    case 'T':
      return encoding.subcomponent
    case 'R':
      return encoding.repetition
    case 'E':
      return encoding.escape
    case 'P':
      return '#'
    case 'H':
    case 'N':
      return ''
    default:
      return undefined
  }
}

function hexadecimal(digits: string, encoding: Encoding): string | undefined {
  if (digits.length % 2 !== 0 || !/^[0-9A-Fa-f]+$/.test(digits)) return undefined
  return decodeText(Buffer.from(digits, 'hex'), encoding.charset)
}

function layout(sequence: string): string | undefined {
  const command = /^\.(br|sp|ce|in|ti|fi|nf|sk)([+-]?\d{1,3})?$/.exec(sequence)
  if (command === null) return undefined
  const count = Math.min(Math.abs(Number(command[2] ?? '1')), 100)
  switch (command[1]) {
    case 'br':
    case 'ce':
      return '\n'
    case 'sp':
      return '\n'.repeat(Math.max(count, 1))
    case 'sk':
      return ' '.repeat(count)
    default:
      return ''
  }
}
