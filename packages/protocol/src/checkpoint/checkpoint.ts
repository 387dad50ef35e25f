/** A checkpoint: size and root of the evidence log, signed by members (C2SP tlog-checkpoint v1.0.0; spec 5 §8). */
import { equalBytes, utf8 } from '../bytes.ts'
import { isRefusal, type Refusal, refuse } from '../refusal.ts'
import type { Signer, Suite } from '../suite.ts'
import { fromBase64, toBase64 } from './base64.ts'
import { checkCosignature, cosign } from './cosignature.ts'
import { decodeNote, encodeNote, NOTE_KEY_TYPE, type NoteSignature, noteKeyId } from './signed-note.ts'

/** What is signed: the log of a chain at one size. */
export interface Checkpoint {
  /** The chain id. */
  readonly origin: string
  readonly size: number
  /** 32 bytes. */
  readonly root: Uint8Array
}

/** A checkpoint and the lines under it, none of them verified. */
export interface SignedCheckpoint extends Checkpoint {
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** A key that signatures are looked up by: the receipt key of a member, or a notary's. */
export interface CheckpointKey {
  /** As {@link checkpointKeyName} makes it for a member. */
  readonly name: string
  readonly publicKey: Uint8Array
}

/** One signature that was right. `time` is set for a cosignature: when it was made, in seconds since 1970. */
export interface CheckedSignature {
  readonly name: string
  readonly time: bigint | undefined
}

const SIZE = /^(?:0|[1-9]\d{0,15})$/

/** The name under which a member signs: chain id and organisation, which no two members share. */
export function checkpointKeyName(origin: string, organisation: string): string {
  return `${origin}/${organisation}`
}

/** The note text. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`
}

/** A checkpoint signed by the member that serves it. */
export function signCheckpoint(
  suite: Suite,
  checkpoint: Checkpoint,
  key: { readonly name: string; readonly signer: Signer },
): string {
  const text = checkpointText(checkpoint)
  const { name, signer } = key
  const keyId = noteKeyId(suite, { name, type: NOTE_KEY_TYPE.ed25519, publicKey: signer.publicKey })
  return encodeNote({ text, signatures: [{ name, keyId, signature: signer.sign(utf8(text)) }] })
}

/** The same checkpoint with one more line: somebody else saw it at `time` (seconds) and found it consistent. */
export function countersignCheckpoint(
  suite: Suite,
  signed: SignedCheckpoint,
  key: { readonly name: string; readonly signer: Signer; readonly time: bigint },
): string {
  const line = cosign(suite, signed.text, key)
  return encodeNote({ text: signed.text, signatures: [...signed.signatures, line] })
}

/** The note of a checkpoint with its lines. */
export function encodeSigned({ text, signatures }: SignedCheckpoint): string {
  return encodeNote({ text, signatures })
}

/** Reads a checkpoint without extension lines. Refusals: `checkpoint.malformed`. */
export function decodeCheckpoint(bytes: Uint8Array): SignedCheckpoint | Refusal {
  const note = decodeNote(bytes)
  if (isRefusal(note)) return note
  const [origin = '', size = '', root = '', ...rest] = note.text.split('\n')
  const hash = fromBase64(root)
  const wrong = [origin !== '', SIZE.test(size), hash?.length === 32, rest.join('\n') === ''].indexOf(false)
  if (wrong >= 0 || hash === undefined) return refuse('protocol', 'checkpoint.malformed', { line: wrong + 1 })
  return { origin, size: Number(size), root: hash, ...note }
}

/**
 * Who of the known keys signed. Lines of unknown keys are passed over, as the form demands. Refusals:
 * `checkpoint.bad-signature` when a known key's line is wrong, `checkpoint.not-signed` when there is none.
 */
export function checkCheckpoint(
  suite: Suite,
  signed: SignedCheckpoint,
  keys: readonly CheckpointKey[],
): readonly CheckedSignature[] | Refusal {
  const checked: CheckedSignature[] = []
  for (const line of signed.signatures) {
    const answer = checkLine(suite, signed, line, keys)
    if (isRefusal(answer)) return answer
    if (answer !== undefined) checked.push(answer)
  }
  return checked.length > 0 ? checked : refuse('protocol', 'checkpoint.not-signed')
}

function checkLine(
  suite: Suite,
  { text }: SignedCheckpoint,
  line: NoteSignature,
  keys: readonly CheckpointKey[],
): CheckedSignature | Refusal | undefined {
  for (const { name, publicKey } of keys) {
    if (name !== line.name) continue
    const isOf = (type: number): boolean =>
      equalBytes(noteKeyId(suite, { name, type, publicKey }), line.keyId)
    if (isOf(NOTE_KEY_TYPE.ed25519)) {
      const isRight = suite.verifyStatementSignature(publicKey, utf8(text), line.signature)
      return isRight ? { name, time: undefined } : refuse('protocol', 'checkpoint.bad-signature', { name })
    }
    if (isOf(NOTE_KEY_TYPE.cosignature)) {
      const time = checkCosignature(suite, text, { publicKey, signature: line.signature })
      return time === undefined ? refuse('protocol', 'checkpoint.bad-signature', { name }) : { name, time }
    }
  }
  return undefined
}
