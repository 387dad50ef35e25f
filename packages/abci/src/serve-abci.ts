/** The server: listens on a Unix socket or TCP and serves one application to CometBFT. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import type { AbciApplication } from './application.ts'
import type { AbciFailure } from './failure.ts'
import { type Connection, type ConnectionStatus, createConnection } from './server/connection.ts'
import { type AbciLimits, DEFAULT_LIMITS } from './server/limits.ts'
import { removeStaleSocket } from './server/remove-stale-socket.ts'
import { createTurns } from './server/turns.ts'

/** Where to listen. A Unix socket is reachable only by who may enter its folder; TCP has no guard: keep it on loopback. */
export type AbciAddress = { readonly path: string } | { readonly host: string; readonly port: number }

/** What `serveAbci` is given. */
export interface ServeAbciOptions {
  readonly application: AbciApplication
  readonly address: AbciAddress
  readonly limits?: Partial<AbciLimits>
  /** Told of every failure after it was answered; `cause` holds what the application threw. */
  readonly onFailure?: (failure: AbciFailure) => void
}

/** A server that listens. */
export interface AbciServer {
  /** Where it listens, with the port that was given out for port 0. */
  readonly address: AbciAddress
  /** The same as CometBFT's `proxy_app` wants it: `unix:///…` or `tcp://host:port`. */
  readonly proxyApp: string
  readonly connections: readonly ConnectionStatus[]
  /** Closes all connections at once and stops to listen. CometBFT ends when its connections close: stop it first. */
  close(): Promise<void>
}

/** Starts to serve. Rejects when the address cannot be listened on. A socket file nobody listens on is replaced. */
export async function serveAbci(options: ServeAbciOptions): Promise<AbciServer> {
  const limits: AbciLimits = { ...DEFAULT_LIMITS, ...options.limits }
  const connections = new Set<Connection>()
  const wake = createTurns(
    () => [...connections],
    limits.turnMs,
    () => performance.now(),
  )
  const server = createServer({ noDelay: true, keepAlive: true }, (socket: Socket) => {
    const { application, onFailure = () => {} } = options
    const connection = createConnection(socket, { application, limits, onFailure }, wake)
    connections.add(connection)
    socket.once('close', () => connections.delete(connection))
  })
  server.maxConnections = limits.maxConnections
  const address = await listen(server, options.address)
  return {
    address,
    proxyApp: 'path' in address ? `unix://${address.path}` : `tcp://${address.host}:${address.port}`,
    get connections() {
      return [...connections].map((connection) => connection.status())
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const connection of connections) connection.destroy()
      await closed
    },
  }
}

async function listen(server: Server, address: AbciAddress): Promise<AbciAddress> {
  if ('path' in address) await removeStaleSocket(address.path)
  server.listen(address)
  await once(server, 'listening')
  return 'path' in address ? address : { host: address.host, port: (server.address() as AddressInfo).port }
}
