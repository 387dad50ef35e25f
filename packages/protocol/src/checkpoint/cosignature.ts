/** A witness's cosignature under a checkpoint: Ed25519 over a time and the note (C2SP tlog-cosignature, type 0x04; spec 5 §8). */
import { concatBytes, utf8 } from '../bytes.ts'
import type { Signer, Suite } from '../suite.ts'
import { NOTE_KEY_TYPE, type NoteSignature, noteKeyId } from './signed-note.ts'

const MAX_TIME = 2n ** 63n - 1n

/** A cosignature line; `time` in seconds since 1970. */
export function cosign(
  suite: Suite,
  text: string,
  key: { readonly name: string; readonly signer: Signer; readonly time: bigint },
): NoteSignature {
  const { name, signer, time } = key
  const keyId = noteKeyId(suite, { name, type: NOTE_KEY_TYPE.cosignature, publicKey: signer.publicKey })
  return { name, keyId, signature: concatBytes(timeBytes(time), signer.sign(messageOf(text, time))) }
}

/** When the cosignature was made, in seconds since 1970; undefined when it is wrong. */
export function checkCosignature(
  suite: Suite,
  text: string,
  { publicKey, signature }: { readonly publicKey: Uint8Array; readonly signature: Uint8Array },
): bigint | undefined {
  if (signature.length !== 72) return undefined
  const time = new DataView(signature.buffer, signature.byteOffset, 8).getBigUint64(0)
  if (time > MAX_TIME) return undefined
  const isRight = suite.verifyStatementSignature(publicKey, messageOf(text, time), signature.subarray(8))
  return isRight ? time : undefined
}

function messageOf(text: string, time: bigint): Uint8Array {
  return utf8(`cosignature/v1\ntime ${time}\n${text}`)
}

function timeBytes(time: bigint): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, time)
  return bytes
}
