/** Asks the other members' ledger doors what their state was after a block: so that a node whose own differs can name the module. */
import { createHttpTransport, createLedgerClient, signRequest } from '@meridian/client'
import type { StateRoots } from '@meridian/engine'
import { appHash, type GenesisDocument, type Signer, type Suite } from '@meridian/protocol'

/** Who asks, and whom. */
export interface PeerStateParts {
  readonly suite: Suite
  readonly genesis: GenesisDocument
  /** The member that asks. */
  readonly organisation: string
  /** Its statement key: the doors answer members only. */
  readonly signer: Signer
  readonly nowMs: () => number
}

/** A member that has not the block by then is not waited for. */
const PATIENCE_MS = 10_000

/**
 * The states of the founders that answer, none when nobody does. What they say is not believed: the caller compares the app hash
 * with the decided one. Never rejects.
 */
export async function askPeerStates(parts: PeerStateParts, height: bigint): Promise<readonly StateRoots[]> {
  const doors = parts.genesis.organisations
    .filter(({ id }) => id !== parts.organisation)
    .flatMap(({ endpoints }) => (endpoints === undefined || endpoints.door === '' ? [] : [endpoints.door]))
  const states = await Promise.all(doors.map((door) => askOne(parts, door, height)))
  return states.filter((state) => state !== undefined)
}

async function askOne(
  { suite, signer, nowMs }: PeerStateParts,
  baseUrl: string,
  height: bigint,
): Promise<StateRoots | undefined> {
  const client = createLedgerClient(
    createHttpTransport({
      baseUrl,
      sign: (request) => signRequest(signer, request, Math.floor(nowMs() / 1_000)),
    }),
  )
  try {
    for await (const { state } of client.follow(height, AbortSignal.timeout(PATIENCE_MS)))
      return { ...state, appHash: appHash(suite, state) }
  } catch {
    // Away, or it does not let this node in: another one may answer.
  }
  return undefined
}
