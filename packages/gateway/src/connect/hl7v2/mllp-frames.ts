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

/** A reader for one connection. Memory: one frame of at most `maxFrameBytes` and one chunk. */
export function createFrameReader(maxFrameBytes: number): FrameReader {
  let parts: Uint8Array[] | undefined
  let length = 0
  let outside = 0

  function frame(rest: Uint8Array): { after: number; done?: Uint8Array } {
    const end = rest.indexOf(endBlock)
    const body = end < 0 ? rest : rest.subarray(0, end)
    length += body.length
    // Copied, because the socket may use the chunk again.
    if (length <= maxFrameBytes) parts?.push(body.slice())
    if (end < 0) return { after: rest.length }
    const done = Buffer.concat(parts ?? [])
    return { after: end + 1, done }
  }

  return {
    inFrame: () => parts !== undefined,
    add(chunk) {
      const frames: Uint8Array[] = []
      let at = 0
      while (at < chunk.length) {
        if (parts === undefined) {
          const start = chunk.indexOf(startBlock, at)
          outside += countOutside(chunk.subarray(at, start < 0 ? chunk.length : start))
          if (outside > maxOutsideBytes)
            return { frames, overflow: { bytes: outside, head: chunk.slice(at, at + 16) } }
          if (start < 0) break
          parts = []
          length = outside = 0
          at = start + 1
          continue
        }
        const { after, done } = frame(chunk.subarray(at))
        if (length > maxFrameBytes)
          return { frames, overflow: { bytes: length, head: headOf([...parts, chunk.subarray(at)]) } }
        at += after
        if (done !== undefined) {
          frames.push(done)
          parts = undefined
        }
      }
      return { frames }
    },
  }
}

// Enough of a frame to answer it.
function headOf(parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts.map((part) => part.subarray(0, 4096))).subarray(0, 4096)
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
