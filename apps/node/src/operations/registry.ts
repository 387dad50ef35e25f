/** `registry`: what is asked of standards and where they disagree: read it, ask, comment, answer, report, assign, resolve. */
import { randomBytes } from 'node:crypto'
import {
  adoptionsForm,
  artefactsForm,
  changeRequestsForm,
  conflictsForm,
  encodeJson,
  type LedgerClient,
} from '@meridian/client'
import {
  type ConflictResolution,
  fromHex,
  type Stance,
  toHex,
  type VersionName,
  type WorkingGroupRole,
} from '@meridian/protocol'
import type { Node } from '../wiring/node.ts'
import { type Json, type Operation, OperationRefused } from './operation.ts'
import { sayOnLedger } from './say-on-ledger.ts'

/** One of them; hashes in hex, requests and conflicts by the first digits of their ids. */
export type RegistryArgs =
  | { readonly read: 'artefacts' | 'adoptions' | 'requests' | 'conflicts'; readonly id?: string }
  | { readonly request: VersionName & { readonly role: WorkingGroupRole; readonly textHash: string } }
  | {
      readonly comment: string
      readonly role: WorkingGroupRole
      readonly stance: Stance
      readonly commentHash: string
    }
  | { readonly accept: string; readonly version: string }
  | { readonly decline: string; readonly reason: string }
  | { readonly withdraw: string }
  | { readonly assign: string; readonly organisation: string }
  | { readonly resolve: string; readonly resolution: ConflictResolution; readonly result: VersionName | null }

export const registry: Operation<RegistryArgs, Json> = {
  name: 'registry',
  run: (node, args) => ('read' in args ? read(node.ledger, args) : say(node, args)),
}

type Read = Extract<RegistryArgs, { readonly read: string }>
type Say = Exclude<RegistryArgs, Read>

async function read(ledger: LedgerClient, { read: what, id }: Read): Promise<Json> {
  if (what === 'artefacts') {
    const query = id === undefined ? {} : { id }
    return JSON.parse(encodeJson(artefactsForm, await ledger.artefacts(query))) as Json
  }
  if (what === 'adoptions') return JSON.parse(encodeJson(adoptionsForm, await ledger.adoptions(id))) as Json
  if (what === 'requests') {
    return JSON.parse(encodeJson(changeRequestsForm, await ledger.changeRequests(id))) as Json
  }
  return JSON.parse(encodeJson(conflictsForm, await ledger.conflicts())) as Json
}

async function say(node: Node, args: Say): Promise<Json> {
  if ('request' in args) {
    const { id: artefactId, version: baseVersion, role, textHash } = args.request
    const requestId = new Uint8Array(randomBytes(16))
    const body = { requestId, artefactId, baseVersion, role, textHash: bytesOf(textHash) }
    return { id: toHex(requestId), ...(await sayOnLedger(node, 'request-change', body)) }
  }
  if ('assign' in args || 'resolve' in args) return sayOfConflict(node, args)
  const requestId = await requestNamed(node, prefixOf(args))
  const id = toHex(requestId)
  if ('comment' in args) {
    const { role, stance, commentHash } = args
    const body = { requestId, role, stance, commentHash: bytesOf(commentHash) }
    return { id, ...(await sayOnLedger(node, 'comment-change', body)) }
  }
  if ('withdraw' in args) return { id, ...(await sayOnLedger(node, 'withdraw-change', { requestId })) }
  const body =
    'accept' in args
      ? ({ requestId, answer: 'accepted', version: args.version, reason: null } as const)
      : ({ requestId, answer: 'declined', version: null, reason: args.reason } as const)
  return { id, ...(await sayOnLedger(node, 'answer-change', body)) }
}

type OfConflict = Extract<Say, { readonly assign: string } | { readonly resolve: string }>

async function sayOfConflict(node: Node, args: OfConflict): Promise<Json> {
  const { items } = await node.ledger.conflicts()
  const ids = items.map(({ conflictId }) => conflictId)
  const conflictId = named(ids, 'assign' in args ? args.assign : args.resolve)
  const said =
    'assign' in args
      ? await sayOnLedger(node, 'assign-conflict', { conflictId, organisation: args.organisation })
      : await sayOnLedger(node, 'resolve-conflict', {
          conflictId,
          resolution: args.resolution,
          result: args.result,
        })
  return { id: toHex(conflictId), ...said }
}

type OfRequest = Exclude<Say, OfConflict | { readonly request: object }>

function prefixOf(args: OfRequest): string {
  if ('comment' in args) return args.comment
  if ('withdraw' in args) return args.withdraw
  return 'accept' in args ? args.accept : args.decline
}

async function requestNamed({ ledger }: Pick<Node, 'ledger'>, prefix: string): Promise<Uint8Array> {
  const { items } = await ledger.changeRequests()
  return named(
    items.map(({ requestId }) => requestId),
    prefix,
  )
}

const bytesOf = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array()

/** Eight digits at least, so that nobody answers another one by a slip. */
const SHORTEST = 8

function named(ids: readonly Uint8Array[], prefix: string): Uint8Array {
  const [one, other] = ids.filter((id) => toHex(id).startsWith(prefix.toLowerCase()))
  if (one !== undefined && other === undefined && prefix.length >= SHORTEST) return one
  throw new OperationRefused('registry-unknown', {
    zh: `没有唯一以 ${prefix} 开头的条目。请用 meridian registry requests 或 conflicts 查看，至少写 ${SHORTEST} 位。`,
    en: `Nothing, or more than one, begins with ${prefix}. See meridian registry requests or conflicts; give ${SHORTEST} digits at least.`,
  })
}
