/**
 * What the validator signed last, in a file of its own that no backup holds: the guard that no height is ever signed
 * twice. Two slots are written in turn, each with its checksum, and forced to disk before a signature leaves the
 * process; a slot torn by a crash never held a signature that anybody saw.
 */
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type BlockId,
  type CborValue,
  decodeCbor,
  encodeCbor,
  equalBytes,
  isRefusal,
  type Suite,
} from '@meridian/protocol'
import { EngineFailure } from '../engine-failure.ts'

/** The last precommit that was signed. */
export interface SignedVote {
  readonly height: bigint
  readonly blockId: BlockId
  /** Nanoseconds since 1970, as signed. */
  readonly time: bigint
  readonly signature: Uint8Array
}

/** The guard. */
export interface SigningState {
  /** Undefined before the first signature. */
  last(): SignedVote | undefined
  /** Makes `vote` the last one, on disk before it resolves. Throws when its height was signed before. */
  save(vote: SignedVote): Promise<void>
  close(): Promise<void>
}

/** The file's name in the ledger directory: what a backup leaves out. */
export const SIGNING_STATE_FILE = 'signing-state'

const SLOT_BYTES = 512
const CHECKSUM_BYTES = 32

/** Opens the guard, or creates it where the chain has no block yet (`mayCreate`). Throws engine.signing-state-missing. */
export async function openSigningState(
  directory: string,
  suite: Suite,
  mayCreate: boolean,
): Promise<SigningState> {
  const file = await openFile(join(directory, SIGNING_STATE_FILE), mayCreate)
  const slots = await Promise.all([readSlot(file, suite, 0), readSlot(file, suite, 1)])
  let next = isNewer(slots[1], slots[0]) ? 0 : 1
  let last = next === 0 ? slots[1] : slots[0]
  return {
    last: () => last,
    async save(vote) {
      if (last !== undefined && vote.height <= last.height)
        throw new Error(`height ${vote.height} is signed already`)
      await writeSlot(file, next, encodeSlot(suite, vote))
      next = 1 - next
      last = vote
    },
    close: () => file.close(),
  }
}

/** Whether two votes are for the same block at the same height. */
export function isVoteFor(vote: SignedVote, height: bigint, blockId: BlockId): boolean {
  const { hash, parts } = vote.blockId
  return (
    vote.height === height && equalBytes(hash, blockId.hash) && equalBytes(parts.hash, blockId.parts.hash)
  )
}

async function openFile(path: string, mayCreate: boolean): Promise<FileHandle> {
  try {
    return await open(path, 'r+')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new EngineFailure('engine.storage', {}, error)
    if (!mayCreate) throw new EngineFailure('engine.signing-state-missing')
    return await createFile(path)
  }
}

async function createFile(path: string): Promise<FileHandle> {
  const file = await open(path, 'wx+', 0o600)
  await file.write(new Uint8Array(2 * SLOT_BYTES))
  await file.sync()
  return file
}

async function writeSlot(file: FileHandle, slot: number, bytes: Uint8Array): Promise<void> {
  try {
    await file.write(bytes, 0, bytes.length, slot * SLOT_BYTES)
    await file.datasync()
  } catch (error) {
    throw new EngineFailure('engine.storage', {}, error)
  }
}

async function readSlot(file: FileHandle, suite: Suite, slot: number): Promise<SignedVote | undefined> {
  const bytes = new Uint8Array(SLOT_BYTES)
  await file.read(bytes, 0, SLOT_BYTES, slot * SLOT_BYTES)
  const length = new DataView(bytes.buffer).getUint16(CHECKSUM_BYTES)
  const body = bytes.subarray(CHECKSUM_BYTES + 2, CHECKSUM_BYTES + 2 + length)
  if (length === 0 || !equalBytes(suite.sha256(body), bytes.subarray(0, CHECKSUM_BYTES))) return undefined
  return decodeVote(body)
}

function encodeSlot(suite: Suite, vote: SignedVote): Uint8Array {
  const { blockId } = vote
  const body = encodeCbor([
    vote.height,
    blockId.hash,
    blockId.parts.total,
    blockId.parts.hash,
    vote.time,
    vote.signature,
  ])
  const slot = new Uint8Array(SLOT_BYTES)
  slot.set(suite.sha256(body))
  new DataView(slot.buffer).setUint16(CHECKSUM_BYTES, body.length)
  slot.set(body, CHECKSUM_BYTES + 2)
  return slot
}

function decodeVote(body: Uint8Array): SignedVote | undefined {
  const value = decodeCbor(body)
  if (isRefusal(value)) return undefined
  const [height, hash, total, partsHash, time, signature] = value as readonly CborValue[]
  return {
    height: BigInt(height as number),
    blockId: { hash: hash as Uint8Array, parts: { total: total as number, hash: partsHash as Uint8Array } },
    time: BigInt(time as number | bigint),
    signature: signature as Uint8Array,
  }
}

function isNewer(a: SignedVote | undefined, b: SignedVote | undefined): boolean {
  return a !== undefined && (b === undefined || a.height > b.height)
}
