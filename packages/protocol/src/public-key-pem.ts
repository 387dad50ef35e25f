/** An Ed25519 public key as every other tool reads it: SubjectPublicKeyInfo in PEM (RFC 8410 §4, RFC 7468 §13). */
import { concatBytes, equalBytes, fromBase64url, toBase64url } from './bytes.ts'

/** SEQUENCE { SEQUENCE { OID 1.3.101.112 }, BIT STRING of 32 bytes } up to the key. */
const PREFIX = Uint8Array.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00)
const HEAD = '-----BEGIN PUBLIC KEY-----'
const FOOT = '-----END PUBLIC KEY-----'

/** The PEM text, ending in a newline. */
export function publicKeyToPem(publicKey: Uint8Array): string {
  // 44 bytes make 59 digits and one sign of padding, which fit on one line.
  const base64 = toBase64url(concatBytes(PREFIX, publicKey)).replaceAll('-', '+').replaceAll('_', '/')
  return `${HEAD}\n${base64}=\n${FOOT}\n`
}

/** The 32 bytes of the key; `undefined` for a text that is not an Ed25519 public key in PEM. */
export function pemToPublicKey(pem: string): Uint8Array | undefined {
  const [head, base64, foot, ...more] = pem.trim().split(/\r?\n/)
  if (head !== HEAD || foot !== FOOT || more.length > 0 || base64?.endsWith('=') !== true) return undefined
  const bytes = fromBase64url(base64.slice(0, -1).replaceAll('+', '-').replaceAll('/', '_'))
  if (bytes?.length !== PREFIX.length + 32) return undefined
  return equalBytes(bytes.subarray(0, PREFIX.length), PREFIX) ? bytes.slice(PREFIX.length) : undefined
}
