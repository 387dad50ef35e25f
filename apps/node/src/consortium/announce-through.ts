/**
 * Says on the ledger, through another member's door, where the node of this home is. For a home whose node is a stranger to the others:
 * its keys/node.json is lost, and its own node would have to be let in before it could say so itself.
 */
import { randomBytes } from 'node:crypto'
import {
  ClientFailure,
  createHttpTransport,
  createLedgerClient,
  type LedgerClient,
  signForLedger,
  signRequest,
} from '@meridian/client'
import { isRefusal, refusalText, type Signer, type Suite, toHex } from '@meridian/protocol'
import { OutsideFailure } from '../command-line/command.ts'
import type { Configuration } from '../home/configuration.ts'
import type { Home } from '../home/home.ts'
import { createKeyFile, hasKeyFile, openKeyFile } from '../home/key-file.ts'
import { OperationRefused } from '../operations/operation.ts'
import type { SaidOnLedger } from '../operations/say-on-ledger.ts'
import { readGenesis } from '../wiring/read-genesis.ts'
import { ownEndpoints } from './make-card.ts'

/** Who speaks, and at whose door. */
export interface AnnounceParts {
  readonly suite: Suite
  readonly configuration: Configuration
  readonly passphrase: string
  /** Of any other member. */
  readonly door: string
  readonly nowMs: () => number
}

/**
 * Makes the node key when it is missing, and announces the end points that the configuration says; resolves when a block holds it. Effects:
 * keys/node.json, ledger. @throws OperationRefused with the ledger's words, OutsideFailure when the door does not answer or does not let this organisation in.
 */
export async function announceThrough(home: Home, parts: AnnounceParts): Promise<SaidOnLedger> {
  const { passphrase, door, nowMs } = parts
  if (!hasKeyFile(home, 'node')) createKeyFile(home, 'node', passphrase)
  const signer = openKeyFile(home, 'statement', passphrase)
  const seconds = () => Math.floor(nowMs() / 1_000)
  const ledger = createLedgerClient(
    createHttpTransport({ baseUrl: door, sign: (request) => signRequest(signer, request, seconds()) }),
  )
  try {
    const bytes = signEndpoints(home, parts, {
      signer,
      blockTimeSeconds: await timeOnLedger(ledger, BigInt(seconds())),
    })
    const answer = await ledger.submit(bytes)
    if (isRefusal(answer)) throw new OperationRefused(answer.code, refusalText(answer))
    return { statementId: toHex(answer.statementId), height: Number(answer.height) }
  } catch (error) {
    throw error instanceof ClientFailure ? noAnswer(door, error) : error
  }
}

function signEndpoints(
  home: Home,
  parts: AnnounceParts,
  { signer, blockTimeSeconds }: { readonly signer: Signer; readonly blockTimeSeconds: bigint },
): Uint8Array {
  const { suite, configuration } = parts
  const organisation = configuration.organisation.id
  const { genesisHash } = readGenesis(home, suite)
  const newUniqueId = () => new Uint8Array(randomBytes(16))
  const body = { organisation, endpoints: ownEndpoints(home, parts) }
  const identity = { suite, signer, organisation, genesisHash, newUniqueId }
  return signForLedger(identity, { kind: 'announce-endpoints', body, blockTimeSeconds }).bytes
}

/** Block time, or the clock when the chain has rested. */
async function timeOnLedger(ledger: Pick<LedgerClient, 'blockTimeSeconds'>, now: bigint): Promise<bigint> {
  const time = await ledger.blockTimeSeconds()
  return now > time ? now : time
}

function noAnswer(door: string, cause: ClientFailure): OutsideFailure {
  return new OutsideFailure(
    {
      zh: `members.door（${cause.code}）：${door} 没有应答，或不认可本机构的签名。请检查地址、时钟（误差须在一分钟内）与声明密钥，或换一个成员。`,
      en: `members.door (${cause.code}): ${door} gives no answer, or does not take this organisation's signature. Check the address, the clock (within a minute) and the statement key, or name another member.`,
    },
    cause,
  )
}
