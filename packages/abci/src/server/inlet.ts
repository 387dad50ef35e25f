/** What comes in on one socket, frame by frame, with the socket paused while the server is behind. */
import type { Socket } from 'node:net'
import { leadingNumber } from '../codec/frame.ts'
import { createFrameStream } from './frame-stream.ts'

/** The next frame, looked at before it is taken. */
export interface Inlet {
  /** The kind (field number) of the next whole frame; `undefined` when none is there. Throws the stream's failures. */
  peek(): number | undefined
  /** The content of the frame `peek` saw. */
  take(): Uint8Array
  /** Everything that comes from now on is dropped. */
  stop(): void
}

/** Above this much unread input the socket is not read on, so a flood stays in the kernel and with its sender. */
const PAUSE_BYTES = 256 * 1024

/** Listens to `socket`; `wake` is called when something came. */
export function createInlet(socket: Socket, maxMessageBytes: number, wake: () => void): Inlet {
  const frames = createFrameStream(maxMessageBytes)
  let head: { readonly content: Uint8Array; readonly number: number } | undefined
  let stopped = false
  socket.on('data', (piece: Uint8Array) => {
    if (stopped) return
    frames.push(piece)
    if (head !== undefined && frames.heldBytes >= PAUSE_BYTES) socket.pause()
    wake()
  })
  return {
    peek() {
      if (head === undefined) {
        const content = frames.take()
        if (content !== undefined) head = { content, number: leadingNumber(content) }
        if (socket.isPaused() && (head === undefined || frames.heldBytes < PAUSE_BYTES)) socket.resume()
      }
      return head?.number
    },
    take() {
      if (head === undefined) throw new Error('no frame was seen')
      const { content } = head
      head = undefined
      return content
    },
    stop() {
      stopped = true
      head = undefined
      socket.resume()
    },
  }
}
