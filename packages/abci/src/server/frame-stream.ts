/** Cuts what a socket gives into frames. Holds what came and not more than twice that, whatever length a frame announces. */
import { AbciFailure } from '../failure.ts'

/** Pieces in, contents of frames out. */
export interface FrameStream {
  /** Bytes that came and were not taken yet. */
  readonly heldBytes: number
  push(piece: Uint8Array): void
  /** The next whole frame's content, copied out; `undefined` when more must come first. Throws `abci.malformed`, `abci.too-large`. */
  take(): Uint8Array | undefined
}

/** Bytes of a length that no allowed message needs: five groups of seven bits are 32 GiB. */
const MAX_LENGTH_BYTES = 5

/** A stream of frames of at most `maxBytes` each. */
export function createFrameStream(maxBytes: number): FrameStream {
  let held: Uint8Array = new Uint8Array(0)
  let start = 0
  let end = 0
  /** Whether `held` was allocated here, so that its rest may be written to. */
  let own = false
  return {
    get heldBytes() {
      return end - start
    },
    push(piece) {
      const length = end - start
      if (length === 0) {
        held = piece
        start = 0
        end = piece.length
        own = false
        return
      }
      if (!own || held.length - end < piece.length) {
        const grown = new Uint8Array(Math.max(length + piece.length, 2 * length))
        grown.set(held.subarray(start, end))
        held = grown
        start = 0
        end = length
        own = true
      }
      held.set(piece, end)
      end += piece.length
    },
    take() {
      const header = readLength(held, start, end)
      if (header === undefined) return undefined
      if (header.length > maxBytes)
        throw new AbciFailure('abci.too-large', 'Message too large', {
          length: header.length,
          limit: maxBytes,
        })
      if (end - header.at < header.length) return undefined
      // PERF: short ones out of Node's pool; nothing of it is seen, since all of it is written here.
      const { buffer, byteOffset } = Buffer.allocUnsafe(header.length)
      const content = new Uint8Array(buffer, byteOffset, header.length)
      content.set(held.subarray(header.at, header.at + header.length))
      start = header.at + header.length
      return content
    },
  }
}

function readLength(
  held: Uint8Array,
  start: number,
  end: number,
): { readonly length: number; readonly at: number } | undefined {
  let length = 0
  for (let i = 0; i < MAX_LENGTH_BYTES; i++) {
    if (start + i >= end) return undefined
    const byte = held[start + i] as number
    length += (byte & 0x7f) * 2 ** (7 * i)
    if (byte < 0x80) return { length, at: start + i + 1 }
  }
  throw new AbciFailure('abci.malformed', 'Malformed message: its length does not end')
}
