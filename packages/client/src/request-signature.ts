/**
 * A member's signature over a request to another member's ledger door: HTTP Message Signatures (RFC 9421) in one fixed profile. The
 * method, the path and the query are covered, the key is a statement key of the asker on the ledger.
 */
import { fromBase64, fromHex, type Signer, toBase64, toHex, utf8 } from '@meridian/protocol'

/** What is signed of a request. */
export interface SignedRequest {
  readonly method: string
  /** Path and query, as in the request line. */
  readonly path: string
}

/** A signature as it came, not verified. */
export interface RequestSignature {
  /** SHA-256 of the public key, 32 bytes. */
  readonly keyId: Uint8Array
  readonly createdSeconds: number
  /** The signature base of RFC 9421 §2.5. */
  readonly message: Uint8Array
  readonly signature: Uint8Array
}

/** A signature older or newer than this is not believed. */
export const REQUEST_SIGNATURE_SECONDS = 60

const COMPONENTS = '("@method" "@path" "@query")'
const INPUT =
  /^meridian=\("@method" "@path" "@query"\);created=(\d{1,12});keyid="([0-9a-f]{64})";alg="ed25519"$/
const SIGNATURE = /^meridian=:([A-Za-z0-9+/]{86}==):$/

/** The two headers that carry the signature. */
export function signRequest(
  signer: Signer,
  request: SignedRequest,
  createdSeconds: number,
): Readonly<Record<string, string>> {
  const parameters = `${COMPONENTS};created=${createdSeconds};keyid="${toHex(signer.keyId)}";alg="ed25519"`
  const signature = toBase64(signer.sign(messageOf(request, parameters)))
  return { 'signature-input': `meridian=${parameters}`, signature: `meridian=:${signature}:` }
}

/** Reads the headers; undefined when they are not of this profile. */
export function readRequestSignature(
  headers: { readonly input: string; readonly signature: string },
  request: SignedRequest,
): RequestSignature | undefined {
  const [, created, keyHex] = INPUT.exec(headers.input) ?? []
  const [, encoded] = SIGNATURE.exec(headers.signature) ?? []
  const signature = encoded === undefined ? undefined : fromBase64(encoded)
  const keyId = keyHex === undefined ? undefined : fromHex(keyHex)
  if (created === undefined || signature === undefined || keyId === undefined) return undefined
  const message = messageOf(request, headers.input.slice('meridian='.length))
  return { keyId, createdSeconds: Number(created), message, signature }
}

/** RFC 9421 §2.5; an empty query is signed as `?` (§2.2.7). */
function messageOf({ method, path }: SignedRequest, parameters: string): Uint8Array {
  const at = path.indexOf('?')
  const [bare, query] = at < 0 ? [path, '?'] : [path.slice(0, at), path.slice(at)]
  const lines = [
    `"@method": ${method}`,
    `"@path": ${bare}`,
    `"@query": ${query}`,
    `"@signature-params": ${parameters}`,
  ]
  return utf8(lines.join('\n'))
}
