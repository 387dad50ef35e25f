/**
 * The newest checkpoint of this node, signed by its organisation and countersigned by the members that answer in time. One that shows
 * another log is kept as evidence (spec 5 §8).
 */
import type { Engine } from '@meridian/engine'
import {
  checkCheckpoint,
  checkpointKeyName,
  decodeCheckpoint,
  encodeSigned,
  equalBytes,
  isRefusal,
  type SignedCheckpoint,
  type Signer,
  type Suite,
  signCheckpoint,
  utf8,
} from '@meridian/protocol'
import { doorsOfOthers, receiptKeysOf } from './member-keys.ts'

/** What the keeper works with. */
export interface KeeperParts {
  readonly engine: Pick<Engine, 'chainId' | 'state' | 'status' | 'block'>
  readonly suite: Suite
  readonly organisation: string
  readonly receiptSigner: Signer
  /** Brings a note to a member's door and gives its answer; undefined when there is none. */
  readonly bring: (door: string, height: bigint, note: string) => Promise<Uint8Array | undefined>
}

/** Gives checkpoints. */
export interface CheckpointKeeper {
  /** Of the log after the block at `height`, signed by this organisation alone; undefined when the block is not there. */
  at(height: bigint): string | undefined
  /** Of the newest block, with the lines of whoever answered. */
  newest(): Promise<string | undefined>
}

/** The keeper. Members are asked once for each height, and only when somebody asks here. */
export function createCheckpointKeeper(parts: KeeperParts): CheckpointKeeper {
  const { engine, suite, organisation, receiptSigner } = parts
  let kept: { readonly height: bigint; readonly note: Promise<string | undefined> } | undefined
  const at = (height: bigint): string | undefined => {
    const block = engine.block(height)
    if (block === undefined) return undefined
    const { logSize: size, logRoot: root } = block.state
    const key = { name: checkpointKeyName(engine.chainId, organisation), signer: receiptSigner }
    return signCheckpoint(suite, { origin: engine.chainId, size, root }, key)
  }
  return {
    at,
    newest() {
      const { height } = engine.status()
      if (kept?.height !== height) kept = { height, note: countersigned(parts, height, at(height)) }
      return kept.note
    },
  }
}

async function countersigned(
  parts: KeeperParts,
  height: bigint,
  note: string | undefined,
): Promise<string | undefined> {
  const own = note === undefined ? undefined : decodeCheckpoint(utf8(note))
  if (note === undefined || own === undefined || isRefusal(own)) return undefined
  const doors = doorsOfOthers(parts.engine, parts.organisation)
  const answers = await Promise.all(doors.map((door) => parts.bring(door, height, note)))
  const lines = answers.flatMap((answer) => newLines(parts, own, answer))
  return encodeSigned({ ...own, signatures: [...own.signatures, ...lines] })
}

/** The right lines that a member's answer adds to the same text. */
function newLines(parts: KeeperParts, own: SignedCheckpoint, answer: Uint8Array | undefined) {
  const signed = answer === undefined ? undefined : decodeCheckpoint(answer)
  if (signed === undefined || isRefusal(signed) || signed.text !== own.text) return []
  const keys = receiptKeysOf(parts.engine)
  const added = signed.signatures.filter(
    (line) => !own.signatures.some((known) => equalBytes(known.keyId, line.keyId)),
  )
  return added.filter(
    (line) => !isRefusal(checkCheckpoint(parts.suite, { ...signed, signatures: [line] }, keys)),
  )
}
