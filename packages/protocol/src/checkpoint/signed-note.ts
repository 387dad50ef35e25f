/** The signed note of transparency logs: text, an empty line, signature lines (C2SP signed-note v1.0.0; spec 5 §8). */
import { concatBytes, fromUtf8, utf8 } from '../bytes.ts'
import { type Refusal, refuse } from '../refusal.ts'
import type { Suite } from '../suite.ts'
import { fromBase64, toBase64 } from './base64.ts'

/** One signature line. `keyId` is 4 bytes; what `signature` holds depends on the key's type. */
export interface NoteSignature {
  readonly name: string
  readonly keyId: Uint8Array
  readonly signature: Uint8Array
}

/** A text that ends in a line end, and who signed it. */
export interface SignedNote {
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** The signature types that are used here. */
export const NOTE_KEY_TYPE = Object.freeze({ ed25519: 0x01, cosignature: 0x04 })

const MAX_BYTES = 65_536
const MAX_SIGNATURES = 100
const SIGNATURE_LINE = /^— ([^\s+]+) ([A-Za-z0-9+/]+=*)$/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: a note may hold none of them
const CONTROL = /[\u0000-\u0009\u000b-\u001f]/

/** The first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ key). */
export function noteKeyId(
  suite: Pick<Suite, 'sha256'>,
  key: { readonly name: string; readonly type: number; readonly publicKey: Uint8Array },
): Uint8Array {
  return suite
    .sha256(concatBytes(utf8(`${key.name}\n`), new Uint8Array([key.type]), key.publicKey))
    .slice(0, 4)
}

/** The note as it is served. */
export function encodeNote({ text, signatures }: SignedNote): string {
  const lines = signatures.map(
    ({ name, keyId, signature }) => `— ${name} ${toBase64(concatBytes(keyId, signature))}\n`,
  )
  return `${text}\n${lines.join('')}`
}

/** Reads a note of at most 64 KiB and 100 signatures; nothing is verified. Refusals: `checkpoint.malformed`. */
export function decodeNote(bytes: Uint8Array): SignedNote | Refusal {
  const malformed = (line: number): Refusal => refuse('protocol', 'checkpoint.malformed', { line })
  const whole = bytes.length > MAX_BYTES ? undefined : fromUtf8(bytes)
  if (whole === undefined || CONTROL.test(whole)) return malformed(0)
  const end = whole.lastIndexOf('\n\n')
  if (end < 0 || !whole.endsWith('\n')) return malformed(0)
  const text = whole.slice(0, end + 1)
  const lines = whole.slice(end + 2, -1).split('\n')
  if (lines.length > MAX_SIGNATURES) return malformed(0)
  const signatures: NoteSignature[] = []
  for (const [i, line] of lines.entries()) {
    const signature = signatureOf(line)
    if (signature === undefined) return malformed(text.split('\n').length + 1 + i)
    signatures.push(signature)
  }
  return { text, signatures }
}

function signatureOf(line: string): NoteSignature | undefined {
  const [, name, encoded] = SIGNATURE_LINE.exec(line) ?? []
  const bytes = encoded === undefined ? undefined : fromBase64(encoded)
  if (name === undefined || bytes === undefined || bytes.length < 5) return undefined
  return { name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) }
}
