/** A batch of signatures on its way to another thread: one buffer that is handed over, not copied. */
import type { SignatureClaim } from './remember-signatures.ts'

const KEY_BYTES = 32
const SIGNATURE_BYTES = 64
const HEAD_BYTES = KEY_BYTES + SIGNATURE_BYTES + 4

/** For each claim: key (32 bytes), signature (64), length of the message (4), message. */
export function encodeSignatureBatch(claims: readonly SignatureClaim[]): Uint8Array<ArrayBuffer> {
  const length = claims.reduce((sum, claim) => sum + HEAD_BYTES + claim.message.length, 0)
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const { publicKey, signature, message } of claims) {
    bytes.set(publicKey, at)
    bytes.set(signature, at + KEY_BYTES)
    view.setUint32(at + KEY_BYTES + SIGNATURE_BYTES, message.length)
    bytes.set(message, at + HEAD_BYTES)
    at += HEAD_BYTES + message.length
  }
  return bytes
}

/** Reads {@link encodeSignatureBatch}; the claims are views into `bytes`. */
export function decodeSignatureBatch(bytes: Uint8Array): readonly SignatureClaim[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const claims: SignatureClaim[] = []
  for (let at = 0; at < bytes.length; ) {
    const messageAt = at + HEAD_BYTES
    const end = messageAt + view.getUint32(at + KEY_BYTES + SIGNATURE_BYTES)
    claims.push({
      publicKey: bytes.subarray(at, at + KEY_BYTES),
      signature: bytes.subarray(at + KEY_BYTES, at + KEY_BYTES + SIGNATURE_BYTES),
      message: bytes.subarray(messageAt, end),
    })
    at = end
  }
  return claims
}
