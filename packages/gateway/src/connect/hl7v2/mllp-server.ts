/** The MLLP door of one source: a TCP (or TLS) server that frames, keeps and answers, with limits, time-outs and back-pressure. */
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { createServer as createTlsServer, TLSSocket, type TlsOptions } from 'node:tls'
import { isRoomRefusal } from '../../room-refusal.ts'
import { readHeader } from './header.ts'
import { type AnswerTools, answer, answersTo } from './mllp-answer.ts'
import { createFrameReader, frameOf } from './mllp-frames.ts'
import { createMllpAdmission, defaultMllpLimits, type MllpLimits } from './mllp-limits.ts'
import { defaultHl7Limits, refuseHl7 } from './refusals.ts'

/** How a door is opened. Off loopback it needs TLS, or a proxy of the institution's that speaks it. */
export interface MllpOptions extends AnswerTools {
  /** 0 takes a free port. */
  readonly port: number
  /** Default `127.0.0.1`. */
  readonly host?: string
  /** Key, certificate and, for client certificates, `requestCert`, `rejectUnauthorized` and `ca`. */
  readonly tls?: TlsOptions
  /**
   * SHA-256 fingerprints of the client certificates that may connect, in hex with or without colons; each is then asked for one.
   * Without a `ca` in `tls` the fingerprint alone vouches, so a certificate may be signed by itself.
   */
  readonly clientCertificates?: readonly string[]
  readonly behindProxy?: boolean
  /** Which addresses may connect; without it all that can reach the port. */
  readonly allow?: (address: string) => boolean
  readonly maxFrameBytes?: number
  readonly limits?: Partial<MllpLimits>
  /** Waits; only for messages that come faster than the limits allow. */
  readonly pause?: (timeoutMs: number) => Promise<void>
  /** A connection that says nothing for so long is closed. */
  readonly idleTimeoutMs?: number
}

/** An open door. */
export interface MllpServer {
  readonly port: number
  /** Open connections. */
  connections(): number
  /** Stops listening, lets what has arrived be answered, and closes. */
  close(): Promise<void>
}

const defaults = { host: '127.0.0.1', idleTimeoutMs: 10 * 60_000 }

/** Who does not finish the TLS handshake by then, a sender of plain text among them, is closed. */
const handshakeTimeout = 10_000

/** Opens the door. Rejects when the port cannot be had; throws when an open network is asked for without TLS. */
export async function startMllpServer(options: MllpOptions): Promise<MllpServer> {
  const host = options.host ?? defaults.host
  if (!isLoopback(host) && options.tls === undefined && options.behindProxy !== true) {
    throw new Error('MLLP outside loopback needs TLS or behindProxy')
  }
  const open = new Set<Connection>()
  const limits = { ...defaultMllpLimits, ...options.limits }
  const admission = createMllpAdmission(limits, () => options.now().getTime(), options.pause ?? setTimeout)
  const server = serverFor(options, (socket) => {
    const address = socket.remoteAddress ?? ''
    if (!admission.enter(address)) return socket.destroy()
    const pace = (messages: number) => admission.pace(address, messages)
    const connection: Connection = { socket, pace, busy: false, closing: false, served: Promise.resolve() }
    open.add(connection)
    connection.served = serve(connection, options).finally(() => {
      open.delete(connection)
      admission.leave(address)
    })
  })
  server.maxConnections = limits.maxConnections
  server.listen(options.port, host)
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    connections: () => open.size,
    async close() {
      const closed = once(server, 'close')
      server.close()
      await Promise.all([...open].map(closeConnection))
      await closed
    },
  }
}

/** A connection and whether a message of it is on its way to the inbox. */
interface Connection {
  readonly socket: Socket
  readonly pace: (messages: number) => Promise<void>
  busy: boolean
  closing: boolean
  served: Promise<void>
}

// What has arrived is kept and answered; who says nothing is closed at once.
function closeConnection(connection: Connection): Promise<void> {
  connection.closing = true
  if (!connection.busy) connection.socket.destroy()
  return connection.served
}

function serverFor(options: MllpOptions, serveSocket: (socket: Socket) => unknown): Server {
  const isPinned = pinOf(options.clientCertificates)
  const accept = (socket: Socket): void => {
    if (options.allow?.(socket.remoteAddress ?? '') === false || !isPinned(socket)) socket.destroy()
    else serveSocket(socket)
  }
  if (options.tls === undefined) return createServer(accept)
  return createTlsServer({ handshakeTimeout, ...askFor(options.tls, options.clientCertificates) }, accept)
}

function askFor(tls: TlsOptions, pins: readonly string[] | undefined): TlsOptions {
  if (pins === undefined || tls.requestCert === true) return tls
  return { ...tls, requestCert: true, rejectUnauthorized: false }
}

/** Whether the certificate that a connection showed is one of the pinned; without pins, any or none is. */
function pinOf(pins: readonly string[] | undefined): (socket: Socket) => boolean {
  if (pins === undefined) return () => true
  const known = new Set(pins.map(plainHex))
  return (socket) => {
    const shown = socket instanceof TLSSocket ? socket.getPeerX509Certificate()?.fingerprint256 : undefined
    return shown !== undefined && known.has(plainHex(shown))
  }
}

const plainHex = (fingerprint: string) => fingerprint.replaceAll(':', '').toLowerCase()

/**
 * One connection: reads, keeps, answers, and reads on only when the answers are written, so a slow inbox or a slow reader slows
 * the sender and fills no memory.
 */
async function serve(connection: Connection, options: MllpOptions): Promise<void> {
  const { socket } = connection
  const limit = options.maxFrameBytes ?? defaultHl7Limits.maxMessageBytes
  const reader = createFrameReader(limit)
  let index = 1
  socket.setTimeout(options.idleTimeoutMs ?? defaults.idleTimeoutMs, () => socket.destroy())
  socket.setNoDelay(true)
  try {
    for await (const chunk of socket) {
      const { frames, overflow } = reader.add(chunk as Uint8Array)
      await connection.pace(frames.length)
      connection.busy = frames.length > 0
      if (connection.busy) await write(socket, await answersTo(frames, index, options))
      connection.busy = false
      index += frames.length
      if (connection.closing) break
      if (overflow !== undefined) {
        await write(socket, [tooLarge(overflow, limit, options)])
        break
      }
    }
  } catch {
    // The other side went away: what was kept is kept, and it will send again what it got no answer for.
  } finally {
    socket.end(() => socket.destroy())
  }
}

function tooLarge(
  overflow: { bytes: number; head: Uint8Array },
  limit: number,
  options: MllpOptions,
): Uint8Array {
  const header = readHeader(overflow.head)
  const refusal = refuseHl7('hl7v2.too-large', undefined, { limit })
  return answer(isRoomRefusal(header) ? undefined : header, 'AR', options, refusal)
}

async function write(socket: Socket, answers: readonly Uint8Array[]): Promise<void> {
  if (answers.length === 0 || socket.destroyed) return
  if (!socket.write(Buffer.concat(answers.map(frameOf))))
    await Promise.race([once(socket, 'drain'), once(socket, 'close')])
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host)
}
