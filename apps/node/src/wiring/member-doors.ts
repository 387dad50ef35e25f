/** The ledger doors of the other members, as a member asks them: every request is signed, and nothing they answer is believed unchecked. */
import { createHttpTransport, createLedgerClient, type LedgerClient, signRequest } from '@meridian/client'
import type { GenesisDocument, Signer } from '@meridian/protocol'
import { doorsOfOthers } from '../ledger-door/member-keys.ts'
import type { NodeEngine } from './open-engine.ts'

/** Who asks. */
export interface AskingMember {
  readonly organisation: string
  /** Its statement key: the doors answer members only. */
  readonly signer: Signer
  readonly nowMs: () => number
}

/** A client for each door. */
export function askAt(doors: readonly string[], { signer, nowMs }: AskingMember): readonly LedgerClient[] {
  const sign = (request: Parameters<typeof signRequest>[1]) =>
    signRequest(signer, request, Math.floor(nowMs() / 1_000))
  return doors.map((baseUrl) => createLedgerClient(createHttpTransport({ baseUrl, sign })))
}

/** The doors that state knows; those of the founders while there is no engine to ask. */
export function doorsKnown(
  engine: Pick<NodeEngine, 'state'> | undefined,
  genesis: GenesisDocument,
  own: string,
): readonly string[] {
  if (engine !== undefined) return doorsOfOthers(engine, own)
  return genesis.organisations
    .filter(({ id }) => id !== own)
    .flatMap(({ endpoints }) => (endpoints === undefined || endpoints.door === '' ? [] : [endpoints.door]))
}
