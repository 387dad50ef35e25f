/**
 * How much one address may ask of an MLLP door. HL7 v2 has no "come back later", and an AE would stop the hospital's queue: a
 * connection too many is closed, and messages that come too fast are read more slowly, which TCP tells the sender.
 */
import { createRateLimit } from '../../doors/rate-limit.ts'

/** The bounds of one door; all but `maxConnections` count for each address. */
export interface MllpLimits {
  readonly maxConnections: number
  readonly maxConnectionsPerAddress: number
  readonly connectionsPerSecond: number
  readonly connectionBurst: number
  readonly messagesPerSecond: number
  readonly messageBurst: number
}

/** The bounds unless told otherwise: an interface engine keeps one connection or a few. */
export const defaultMllpLimits: MllpLimits = {
  maxConnections: 64,
  maxConnectionsPerAddress: 16,
  connectionsPerSecond: 20,
  connectionBurst: 100,
  messagesPerSecond: 5000,
  messageBurst: 10_000,
}

/** Admits connections and paces messages. */
export interface MllpAdmission {
  /** False when the address has too many connections, or makes them too fast. Who was admitted must leave. */
  enter(address: string): boolean
  leave(address: string): void
  /** Resolves when so many messages of the address may go on. */
  pace(address: string, messages: number): Promise<void>
}

/** Makes the gate of one door. `pause` waits. */
export function createMllpAdmission(
  limits: MllpLimits,
  nowMs: () => number,
  pause: (timeoutMs: number) => Promise<void>,
): MllpAdmission {
  const open = new Map<string, number>()
  const connections = createRateLimit(
    { requestsPerSecond: limits.connectionsPerSecond, burst: limits.connectionBurst },
    nowMs,
  )
  const messages = createRateLimit(
    { requestsPerSecond: limits.messagesPerSecond, burst: limits.messageBurst },
    nowMs,
  )
  return {
    enter(address) {
      const count = open.get(address) ?? 0
      if (connections.take(address) > 0 || count >= limits.maxConnectionsPerAddress) return false
      open.set(address, count + 1)
      return true
    },
    leave(address) {
      const left = (open.get(address) ?? 1) - 1
      if (left > 0) open.set(address, left)
      else open.delete(address)
    },
    async pace(address, count) {
      for (let i = 0; i < count; i++) {
        for (let waitMs = messages.take(address); waitMs > 0; waitMs = messages.take(address))
          await pause(waitMs)
      }
    },
  }
}
