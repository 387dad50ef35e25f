/** How headers, commits and validator sets stand in our JSON documents (spec 5 §3). */
import {
  countForm,
  type Form,
  hashForm,
  hexForm,
  listForm,
  mappedForm,
  nullableForm,
  objectForm,
  patternForm,
  textForm,
  wholeForm,
} from '../document-form.ts'
import type { BlockId, PartSetHeader } from './block-id.ts'
import { ZERO_BLOCK_ID } from './block-id.ts'
import type { Header } from './header.ts'
import type { LightBlock, LightCommit, LightSignature } from './light-block.ts'
import { textToTime, timeToText } from './time.ts'
import type { Validator } from './validator-set.ts'

/** More validators than any consortium has; bounds the work a forged document can ask for. */
const MAX_VALIDATORS = 1000
const MAX_ROUND = 2 ** 31 - 1

const timeForm: Form<bigint> = textForm(timeToText, textToTime)

const smallForm: Form<number> = mappedForm(
  countForm,
  (value) => (value <= MAX_ROUND ? value : undefined),
  (value) => value,
)

const partsForm: Form<PartSetHeader> = objectForm({ hash: hashForm, total: smallForm })

/** `null` is the block before the first. */
const lastBlockIdForm: Form<BlockId> = mappedForm(
  nullableForm(objectForm<BlockId>({ hash: hashForm, parts: partsForm })),
  (id) => id ?? ZERO_BLOCK_ID,
  (id) => (id.hash.length === 0 ? null : id),
)

/** A header in JSON: whole numbers as decimal strings, bytes as hex, the time with its nanoseconds. */
export const headerForm: Form<Header> = objectForm<Header>({
  version: objectForm({ app: wholeForm, block: wholeForm }),
  chainId: patternForm(/^[a-z0-9.-]{1,50}$/),
  height: wholeForm,
  time: timeForm,
  lastBlockId: lastBlockIdForm,
  lastCommitHash: hashForm,
  dataHash: hashForm,
  validatorsHash: hashForm,
  nextValidatorsHash: hashForm,
  consensusHash: hashForm,
  appHash: hashForm,
  lastResultsHash: hashForm,
  evidenceHash: hashForm,
  proposerAddress: hexForm(20),
})

const voteForm: Form<'block' | 'nil'> = textForm<'block' | 'nil'>(
  (vote) => vote,
  (text) => (text === 'block' || text === 'nil' ? text : undefined),
)

const signatureForm: Form<LightSignature> = objectForm<LightSignature>({
  vote: voteForm,
  time: timeForm,
  signature: hexForm(64),
})

/** A commit in JSON. */
export const commitForm: Form<LightCommit> = objectForm<LightCommit>({
  round: smallForm,
  blockHash: hashForm,
  parts: partsForm,
  signatures: listForm(nullableForm(signatureForm), { min: 1, max: MAX_VALIDATORS }),
})

/** A validator in JSON. */
export const validatorForm: Form<Validator> = objectForm<Validator>({ publicKey: hashForm, power: wholeForm })

/** A light block in JSON. */
export const lightBlockForm: Form<LightBlock> = objectForm<LightBlock>({
  header: headerForm,
  commit: commitForm,
  validators: listForm(validatorForm, { min: 1, max: MAX_VALIDATORS }),
})
