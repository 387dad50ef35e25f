/** How a record version is sealed: fresh data key, secret inside, and what tells an altered row or search row. */
import { hash } from 'node:crypto'
import type { CanonicalText } from '@meridian/protocol'
import { decodeJudgement, encodeJudgement, type Judgement } from '../findings/judgement.ts'
import { framed } from '../keys/framed.ts'
import { open, seal } from '../keys/sealed-box.ts'
import type { VaultContext } from '../vault-context.ts'
import type { VersionContent } from './records.ts'

/** Which version a sealed content belongs to: the additional data of its encryption (design: The vault). */
export interface VersionPlace {
  readonly handle: Uint8Array
  readonly version: number
}

/** Columns of a version row that no commitment covers; their hash is sealed inside. */
export interface VersionMetadata {
  readonly operation: string
  readonly patientId: string | null
  readonly source: string
  readonly captureMethod: string
  readonly careStage: string
  readonly deliveryId: string | null
  readonly clinicalTime: string | null
  readonly messageTime: string | null
  readonly receivedTime: string
  readonly storedTime: string
}

/** What is sealed. `searchHash` is that of the search rows the version was stored with. */
export interface SealedContent {
  readonly secret: Uint8Array
  readonly metadataHash: Uint8Array
  readonly searchHash: Uint8Array
  readonly provenanceLength: number
  readonly judgement: Judgement | null
  readonly content: CanonicalText
}

/** First byte of the plaintext: with a judgement between what is fixed and the content, or without. */
const PLAIN_FORMAT = 1
const JUDGED_FORMAT = 2
const SECRET_AT = 1
const METADATA_AT = 33
const SEARCH_AT = 65
const PROVENANCE_AT = 97
const CONTENT_AT = 101
/** Of the judged format: the length of the judgement, then the judgement, then the content. */
const JUDGEMENT_AT = 105

/** `{"provenance":` and `,"resource":`, around the two canonical parts. */
const BEFORE_PROVENANCE = '{"provenance":'
const BEFORE_RESOURCE = ',"resource":'

/** The committed content: canonical since both parts are and `provenance` sorts before `resource`. */
export function contentOf(provenance: CanonicalText, resource: CanonicalText): CanonicalText {
  return `${BEFORE_PROVENANCE}${provenance}${BEFORE_RESOURCE}${resource}}` as CanonicalText
}

/** Seals under a fresh `dataKey`, which is used for nothing else. */
export function sealVersion(
  vault: VaultContext,
  place: VersionPlace,
  dataKey: Uint8Array,
  sealed: SealedContent,
): { readonly box: Uint8Array; readonly wrapped: Uint8Array } {
  const judgement = sealed.judgement === null ? '' : encodeJudgement(sealed.judgement)
  const plain = Buffer.allocUnsafe(judgement === '' ? CONTENT_AT : JUDGEMENT_AT)
  plain[0] = judgement === '' ? PLAIN_FORMAT : JUDGED_FORMAT
  plain.set(sealed.secret, SECRET_AT)
  plain.set(sealed.metadataHash, METADATA_AT)
  plain.set(sealed.searchHash, SEARCH_AT)
  plain.writeUInt32BE(sealed.provenanceLength, PROVENANCE_AT)
  if (judgement !== '') plain.writeUInt32BE(Buffer.byteLength(judgement), CONTENT_AT)
  const box = seal(dataKey, placeContext(vault, place), plain, judgement, sealed.content)
  return { box, wrapped: vault.keyring.wrap(dataKey, keyContext(vault, place)) }
}

/** The data key of a version; undefined when its wrapped form was altered or belongs elsewhere. */
export function versionKey(
  vault: VaultContext,
  place: VersionPlace,
  wrapped: Uint8Array,
): Uint8Array | undefined {
  return vault.keyring.unwrap(wrapped, keyContext(vault, place))
}

/** What {@link Keyring.rewrap} says of the wrapped key of a version. */
export function rewrapVersionKey(
  vault: Pick<VaultContext, 'keyring' | 'organisationId'>,
  place: VersionPlace,
  wrapped: Uint8Array,
): Uint8Array | 'current' | 'unknown' {
  return vault.keyring.rewrap(wrapped, keyContext(vault, place))
}

/** Opens a sealed version; undefined when it was altered or belongs elsewhere. */
export function openVersion(
  vault: VaultContext,
  place: VersionPlace,
  dataKey: Uint8Array,
  box: Uint8Array,
): SealedContent | undefined {
  const plain = open(dataKey, placeContext(vault, place), box)
  if (plain === undefined || plain.length < CONTENT_AT) return undefined
  const isJudged = plain[0] === JUDGED_FORMAT
  if (!isJudged && plain[0] !== PLAIN_FORMAT) return undefined
  const contentAt = isJudged ? JUDGEMENT_AT + plain.readUInt32BE(CONTENT_AT) : CONTENT_AT
  return {
    secret: new Uint8Array(plain.subarray(SECRET_AT, METADATA_AT)),
    metadataHash: plain.subarray(METADATA_AT, SEARCH_AT),
    searchHash: plain.subarray(SEARCH_AT, PROVENANCE_AT),
    provenanceLength: plain.readUInt32BE(PROVENANCE_AT),
    judgement: isJudged ? decodeJudgement(plain.toString('utf8', JUDGEMENT_AT, contentAt)) : null,
    content: plain.toString('utf8', contentAt) as CanonicalText,
  }
}

/** The two parts of an opened content. */
export function versionContent({
  secret,
  content,
  provenanceLength,
  judgement,
}: SealedContent): VersionContent {
  const start = BEFORE_PROVENANCE.length
  const end = start + provenanceLength
  return {
    provenance: content.slice(start, end) as CanonicalText,
    resource: content.slice(end + BEFORE_RESOURCE.length, -1) as CanonicalText,
    content,
    secret,
    judgement,
  }
}

/** SHA-256 over every column, told apart by their lengths. */
export function metadataHash(metadata: VersionMetadata): Uint8Array {
  const columns = [
    metadata.operation,
    metadata.patientId,
    metadata.source,
    metadata.captureMethod,
    metadata.careStage,
    metadata.deliveryId,
    metadata.clinicalTime,
    metadata.messageTime,
    metadata.receivedTime,
    metadata.storedTime,
  ]
  return hash('sha256', JSON.stringify(columns), 'buffer')
}

function placeContext(vault: VaultContext, { handle, version }: VersionPlace): Uint8Array {
  return framed(vault.organisationId, handle, version)
}

function keyContext(
  vault: Pick<VaultContext, 'organisationId'>,
  { handle, version }: VersionPlace,
): Uint8Array {
  return framed('version key', vault.organisationId, handle, version)
}
