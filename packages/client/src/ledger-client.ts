/** The voice: submit statements, ask where they stand, follow blocks, fetch receipts and proofs. */
import {
  canonicalTextOf,
  decodeReceipt,
  type Form,
  fromUtf8,
  isMisfit,
  isRefusal,
  type LightBlock,
  lightBlockForm,
  type Receipt,
  type Refusal,
  toHex,
} from '@meridian/protocol'
import { ClientFailure } from './client-failure.ts'
import { blockForm, type LedgerBlock } from './documents/block-document.ts'
import { type LedgerMembers, membersForm } from './documents/members-document.ts'
import { type LedgerParameters, parametersForm } from './documents/parameters-document.ts'
import {
  placeForm,
  type StatementPlace,
  type SubmittedStatement,
  submittedForm,
} from './documents/place-document.ts'
import { type LedgerProof, proofForm } from './documents/proof-document.ts'
import { type LedgerProposals, type ProposalOutcome, proposalsForm } from './documents/proposals-document.ts'
import { refusalForm } from './documents/refusal-document.ts'
import {
  type ArtefactQuery,
  adoptionsForm,
  artefactsForm,
  changeRequestsForm,
  conflictsForm,
  type LedgerAdoptions,
  type LedgerArtefacts,
  type LedgerChangeRequests,
  type LedgerConflicts,
} from './documents/registry-document.ts'
import { type LedgerStatus, statusForm } from './documents/status-document.ts'
import type { LedgerAnswer, LedgerRequest, Transport } from './transport.ts'

/** A node's ledger. Everything rejects with a ClientFailure when the outside fails; refusals are values. */
export interface LedgerClient {
  /**
   * Resolves when a block holds the statement, or with why it was refused. The same bytes may be submitted again at any
   * time and get the same answer.
   */
  submit(bytes: Uint8Array): Promise<SubmittedStatement | Refusal>
  status(): Promise<LedgerStatus>
  /** Whole seconds since 1970 of the newest block: what expiry is measured by. */
  blockTimeSeconds(): Promise<bigint>
  block(height: bigint): Promise<LedgerBlock | undefined>
  /** Header, commit and validators at a height, or of the newest block; undefined when there is none. */
  lightBlock(height?: bigint): Promise<LightBlock | undefined>
  /** Where a statement stands, by its id; undefined while no block holds it. */
  locate(statementId: Uint8Array): Promise<StatementPlace | undefined>
  /**
   * The Meridian receipt of an accepted statement, without a record: everything the chain knows that a receipt needs. By
   * the first block that carries the state with the statement, or, to prove an old statement again under a newer root, by
   * the block at `headerHeight`. Refusals: engine.statement-unknown, engine.height-unknown while there is no such block,
   * or why the ledger refused the statement.
   */
  receipt(statementId: Uint8Array, headerHeight?: bigint): Promise<Receipt | Refusal>
  /** Presence or absence of a key, at the newest signed state or at the height given. */
  prove(module: string, key: Uint8Array, height?: bigint): Promise<LedgerProof | Refusal>
  /** Every organisation that is, asks to be or was a member, and the proven double signings. */
  members(): Promise<LedgerMembers>
  /** Proposals, the newest first; those of one outcome when it is given. */
  proposals(outcome?: ProposalOutcome): Promise<LedgerProposals>
  /** Registered versions of standards with their states; of one artefact, or what counts at a place on a day. */
  artefacts(query?: ArtefactQuery): Promise<LedgerArtefacts>
  /** Who runs which version from when on; of one artefact when it is given. */
  adoptions(id?: string): Promise<LedgerAdoptions>
  /** Requests for changes with what was said to them, the newest first; of one artefact when it is given. */
  changeRequests(id?: string): Promise<LedgerChangeRequests>
  /** Where two standards answer differently, the newest first. */
  conflicts(): Promise<LedgerConflicts>
  /** The parameters of the chain and the version of its rules. */
  parameters(): Promise<LedgerParameters>
  /** A file of an artefact package by the package's content hash (hex), unchecked; undefined when the member does not give it. */
  artefactFile(hash: string, name: string): Promise<Uint8Array | undefined>
  /** The blocks from `fromHeight` on, each once and in order, waiting for new ones until `signal` aborts. */
  follow(fromHeight: bigint, signal: AbortSignal): AsyncIterable<LedgerBlock>
}

/** How long the node is asked to wait for a block that is not there yet. */
const FOLLOW_WAIT_MS = 20_000

/** A client over a transport. */
export function createLedgerClient(transport: Transport): LedgerClient {
  const get = (path: string, signal?: AbortSignal): Promise<LedgerAnswer> =>
    exchange(transport, { method: 'GET', path: `/ledger/v1/${path}` }, signal)
  const status = async (): Promise<LedgerStatus> => read(await get('status'), statusForm)
  return {
    async submit(body) {
      return readOrRefusal(
        await exchange(transport, { method: 'POST', path: '/ledger/v1/statements', body }),
        submittedForm,
      )
    },
    status,
    blockTimeSeconds: async () => (await status()).timeNanos / 1_000_000_000n,
    block: async (height) => readIfThere(await get(`blocks/${height}`), blockForm),
    lightBlock: async (height) =>
      readIfThere(await get(`light-blocks/${height ?? 'newest'}`), lightBlockForm),
    locate: async (statementId) => readIfThere(await get(`statements/${toHex(statementId)}`), placeForm),
    async receipt(statementId, headerHeight) {
      const query = headerHeight === undefined ? '' : `?headerHeight=${headerHeight}`
      const answer = await get(`receipt-evidence/${toHex(statementId)}${query}`)
      return receiptOf(answer)
    },
    async prove(module, key, height) {
      const query = height === undefined ? '' : `?height=${height}`
      return readOrRefusal(await get(`proofs/${module}/${toHex(key)}${query}`), proofForm)
    },
    members: async () => read(await get('members'), membersForm),
    proposals: async (outcome) =>
      read(await get(`proposals${outcome === undefined ? '' : `?outcome=${outcome}`}`), proposalsForm),
    parameters: async () => read(await get('parameters'), parametersForm),
    async artefactFile(hash, name) {
      const { status, body } = await get(`artefacts/${hash}/${name}`)
      return status === 200 ? body : undefined
    },
    ...registryQuestions(get),
    follow: (fromHeight, signal) => follow(get, fromHeight, signal),
  }
}

type Get = (path: string) => Promise<LedgerAnswer>

function registryQuestions(
  get: Get,
): Pick<LedgerClient, 'artefacts' | 'adoptions' | 'changeRequests' | 'conflicts'> {
  const query = (named: Readonly<Record<string, string | undefined>>): string => {
    const given = Object.entries(named).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    )
    return given.length === 0 ? '' : `?${given.map(([name, value]) => `${name}=${value}`).join('&')}`
  }
  return {
    artefacts: async ({ id, inForceAt } = {}) =>
      read(await get(`registry/artefacts${query({ id, ...inForceAt })}`), artefactsForm),
    adoptions: async (id) => read(await get(`registry/adoptions${query({ id })}`), adoptionsForm),
    changeRequests: async (id) => read(await get(`registry/requests${query({ id })}`), changeRequestsForm),
    conflicts: async () => read(await get('registry/conflicts'), conflictsForm),
  }
}

async function* follow(
  get: (path: string, signal: AbortSignal) => Promise<LedgerAnswer>,
  fromHeight: bigint,
  signal: AbortSignal,
): AsyncGenerator<LedgerBlock> {
  let height = fromHeight > 1n ? fromHeight : 1n
  while (!signal.aborted) {
    const answer = await untilAborted(get(`blocks/${height}?waitMs=${FOLLOW_WAIT_MS}`, signal), signal)
    const block = answer === undefined ? undefined : readIfThere(answer, blockForm)
    if (block === undefined) continue
    yield block
    height += 1n
  }
}

/** An aborted wait is the end of following, not a failure. */
async function untilAborted<T>(wait: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  try {
    return await wait
  } catch (error) {
    if (signal.aborted) return undefined
    throw error
  }
}

async function exchange(
  transport: Transport,
  request: LedgerRequest,
  signal?: AbortSignal,
): Promise<LedgerAnswer> {
  const answer = await transport.request(request, signal)
  const { status } = answer
  if (status === 401 || status === 403) throw new ClientFailure('client.not-allowed', { status })
  if (status >= 500 || status === 429) throw new ClientFailure('client.node-failed', { status })
  return answer
}

function read<T>(answer: LedgerAnswer, form: Form<T>): T {
  const value = answer.status === 200 ? decodeJson(answer.body, form) : undefined
  if (value === undefined) throw new ClientFailure('client.unreadable', { status: answer.status })
  return value
}

function readIfThere<T>(answer: LedgerAnswer, form: Form<T>): T | undefined {
  return answer.status === 404 ? undefined : read(answer, form)
}

function readOrRefusal<T>(answer: LedgerAnswer, form: Form<T>): T | Refusal {
  return (answer.status === 200 ? undefined : decodeJson(answer.body, refusalForm)) ?? read(answer, form)
}

function receiptOf(answer: LedgerAnswer): Receipt | Refusal {
  if (answer.status !== 200) return readOrRefusal(answer, refusalForm)
  const receipt = decodeReceipt(answer.body)
  if (isRefusal(receipt)) throw new ClientFailure('client.unreadable', { status: answer.status })
  return receipt
}

function decodeJson<T>(body: Uint8Array, form: Form<T>): T | undefined {
  try {
    const value = form.decode(JSON.parse(fromUtf8(body) ?? ''), '')
    return isMisfit(value) ? undefined : value
  } catch {
    return undefined
  }
}

/** The bytes of a document, as a door answers them. */
export function encodeJson<T>(form: Form<T>, value: T): string {
  return canonicalTextOf(form.encode(value))
}
