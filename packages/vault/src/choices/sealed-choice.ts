/** How a choice is sealed: text, code, state and who decided lie in one box, so that a row changed with SQL no longer opens. */
import { framed } from '../keys/framed.ts'
import { open, seal } from '../keys/sealed-box.ts'
import { VaultFailure } from '../sql/vault-failure.ts'
import type { VaultContext } from '../vault-context.ts'
import type { ChoiceState, CodeChoice, WrittenTerm } from './choices.ts'

/** A row. */
export interface ChoiceRow {
  readonly term: Uint8Array
  readonly number: bigint
  readonly state: ChoiceState
  readonly seen: number
  readonly sealed: Uint8Array
}

type Sealing = Pick<VaultContext, 'keyring' | 'organisationId'>

/** What lies in the box. */
export type ChoiceContent = Omit<CodeChoice, 'id' | 'state' | 'seen'>

/** The name of a term: a digest of source, system and text, blind to case, width and spaces. */
export function termName(
  { keyring, organisationId }: Sealing,
  { source, system, text }: WrittenTerm,
): Uint8Array {
  const plain = text.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ')
  return keyring.keyedDigest('written term', organisationId, source, system, plain).subarray(0, 16)
}

/** The box for a row. */
export function sealChoice(
  vault: Sealing,
  row: Pick<ChoiceRow, 'term' | 'state'>,
  content: ChoiceContent,
): Uint8Array {
  return seal(keyOf(vault), contextOf(vault, row), JSON.stringify(content))
}

/** @throws VaultFailure `failed` when the row was altered. */
export function choiceOf(vault: Sealing, row: ChoiceRow): CodeChoice {
  const content = open(keyOf(vault), contextOf(vault, row), row.sealed)
  const id = Buffer.from(row.term).toString('hex')
  if (content === undefined)
    throw new VaultFailure('failed', 'A code choice was altered', { detail: { choice: id } })
  return { id, state: row.state, seen: row.seen, ...(JSON.parse(content.toString('utf8')) as ChoiceContent) }
}

/** Derived from the key that is never changed, so that a change of the wrapping key need not touch these rows. */
const keyOf = ({ keyring, organisationId }: Sealing): Uint8Array =>
  keyring.keyedDigest('key of code choices', organisationId)

const contextOf = (
  { organisationId }: Sealing,
  { term, state }: Pick<ChoiceRow, 'term' | 'state'>,
): Uint8Array => framed('code choice', organisationId, term, state)
