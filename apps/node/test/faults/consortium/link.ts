/** A wire between two nodes: a TCP proxy that a test cuts, slows, stalls or resets while both ends live. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, Socket } from 'node:net'

/**
 * `open` carries everything; `cut` refuses connections and has closed those it had; `stalled` keeps them and carries nothing, as a
 * half-open connection does; a number delays each direction by so many milliseconds.
 */
export type LinkState = 'open' | 'cut' | 'stalled' | number

/** The wire. */
export interface Link {
  /** Where the dialling node finds the other. */
  readonly port: number
  set(state: LinkState): void
  /** Breaks the connections at once with a reset; new ones are made as the state says. */
  reset(): void
  close(): void
}

interface Pair {
  readonly near: Socket
  readonly far: Socket
  readonly flows: readonly Flow[]
}

interface Flow {
  apply(): void
}

const REDIAL_MS = 50

/** A wire to the port at the far end; a node that dials before the other listens is held until it does. */
export async function createLink(farPort: number): Promise<Link> {
  const pairs = new Set<Pair>()
  let state: LinkState = 'open'
  const stateNow = (): LinkState => state
  const server = createServer({ noDelay: true }, (near) => {
    near.on('error', () => {})
    if (state === 'cut') near.resetAndDestroy()
    else carry(near, { farPort, stateNow, pairs })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const reset = (): void => {
    for (const { near, far } of pairs) {
      near.resetAndDestroy()
      far.resetAndDestroy()
    }
  }
  return {
    port: (server.address() as AddressInfo).port,
    set(next) {
      state = next
      if (next === 'cut') reset()
      else for (const { flows } of pairs) for (const flow of flows) flow.apply()
    },
    reset,
    close() {
      reset()
      closeServer(server)
    },
  }
}

function closeServer(server: Server): void {
  server.close()
  server.unref()
}

interface Wiring {
  readonly farPort: number
  readonly stateNow: () => LinkState
  readonly pairs: Set<Pair>
}

function carry(near: Socket, { farPort, stateNow, pairs }: Wiring): void {
  const far = new Socket()
  far.setNoDelay(true)
  const pair = { near, far, flows: [createFlow(near, far, stateNow), createFlow(far, near, stateNow)] }
  pairs.add(pair)
  const end = (): void => {
    pairs.delete(pair)
    near.destroy()
    far.destroy()
  }
  far.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ECONNREFUSED' || near.destroyed || stateNow() === 'cut') end()
    else setTimeout(() => void (near.destroyed || far.connect(farPort, '127.0.0.1')), REDIAL_MS)
  })
  far.once('connect', () => {
    near.on('close', end)
    far.on('close', end)
  })
  far.connect(farPort, '127.0.0.1')
}

/** One direction. Stalled, it stops reading, so that the sender's buffers fill as they do when nobody is there. */
function createFlow(from: Socket, to: Socket, stateNow: () => LinkState): Flow {
  // What is on its way; whatever comes later stays behind it, also when the wire has become fast again.
  let onTheWay: Promise<void> | undefined
  from.on('data', (bytes) => {
    const state = stateNow()
    const delayMs = typeof state === 'number' ? state : 0
    if (delayMs === 0 && onTheWay === undefined) return void to.write(bytes)
    const arrival = Promise.all([onTheWay, new Promise((resolve) => setTimeout(resolve, delayMs))]).then(
      () => {
        to.write(bytes)
        if (onTheWay === arrival) onTheWay = undefined
      },
    )
    onTheWay = arrival
  })
  const apply = (): void => {
    if (stateNow() === 'stalled') from.pause()
    else from.resume()
  }
  to.once('connect', apply)
  from.once('connect', apply)
  apply()
  return { apply }
}
