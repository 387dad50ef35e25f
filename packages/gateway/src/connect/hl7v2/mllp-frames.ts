/** MLLP framing (HL7 Minimal Lower Layer Protocol, release 1): 0x0B, the message, 0x1C 0x0D; streaming and limited. */

const startBlock = 0x0b
const endBlock = 0x1c

/** What a piece of a stream held. After `overflow` nothing of the stream can be trusted. */
export interface FramesRead {
  readonly frames: readonly Uint8Array[]
  /** Set when a frame, or what stood outside frames, was longer than allowed; `head` is the beginning of that frame. */
  readonly overflow?: { readonly bytes: number; readonly head: Uint8Array }
}

/** Puts frames together from pieces of a stream. */
export interface FrameReader {
  /** Adds a piece; gives the frames that are complete with it. */
  add(chunk: Uint8Array): FramesRead
  /** Whether a frame has begun and not ended. */
  inFrame(): boolean
}

/** How much may stand outside frames before the other side is not speaking MLLP. */
const maxOutsideBytes = 1024

/** Room that a frame begins with; it doubles as it is filled, so a frame that comes byte by byte costs no more than another. */
const firstRoom = 4096

/** A reader for one connection. Memory: twice a frame of at most `maxFrameBytes`, and one chunk. */
export function createFrameReader(maxFrameBytes: number): FrameReader {
  let room: Buffer | undefined
  let length = 0
  let outside = 0

  // Copied, because the socket may use the chunk again.
  function keep(body: Uint8Array, begun: Buffer): Buffer {
    const needed = Math.min(length + body.length, maxFrameBytes)
    const fits = needed <= begun.length
    const kept = fits ? begun : Buffer.allocUnsafe(Math.max(needed, begun.length * 2))
    if (!fits) begun.copy(kept, 0, 0, length)
    kept.set(body.subarray(0, needed - length), length)
    return kept
  }

  return {
    inFrame: () => room !== undefined,
    add(chunk) {
      const frames: Uint8Array[] = []
      let at = 0
      while (at < chunk.length) {
        if (room === undefined) {
          const start = chunk.indexOf(startBlock, at)
          outside += countOutside(chunk.subarray(at, start < 0 ? chunk.length : start))
          if (outside > maxOutsideBytes)
            return { frames, overflow: { bytes: outside, head: chunk.slice(at, at + 16) } }
          if (start < 0) break
          room = Buffer.allocUnsafe(firstRoom)
          length = outside = 0
          at = start + 1
          continue
        }
        const end = chunk.indexOf(endBlock, at)
        const body = chunk.subarray(at, end < 0 ? chunk.length : end)
        room = keep(body, room)
        length += body.length
        if (length > maxFrameBytes)
          return {
            frames,
            overflow: { bytes: length, head: room.subarray(0, Math.min(maxFrameBytes, 4096)) },
          }
        if (end < 0) break
        frames.push(Uint8Array.prototype.slice.call(room, 0, length))
        room = undefined
        at = end + 1
      }
      return { frames }
    },
  }
}

// Line ends and blanks between frames are harmless.
function countOutside(bytes: Uint8Array): number {
  let count = 0
  for (const byte of bytes) if (byte > 0x20) count++
  return count
}

/** A message with its frame around it. */
export function frameOf(message: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.of(startBlock), message, Uint8Array.of(endBlock, 0x0d)])
}
