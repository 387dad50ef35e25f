/**
 * An organisation's card: who it is, its public keys and where it answers, signed by each of those keys. It is what an organisation
 * hands to the others before there is a chain, or to apply to one; no secret is in it, so the keys of two organisations never meet in
 * one place.
 */
import {
  type ApplyMembership,
  canonicalTextOf,
  fingerprintWords,
  fromHex,
  isRefusal,
  type StatementForm,
  type Suite,
  statementForm,
  toHex,
  utf8,
  verifyApplication,
} from '@meridian/protocol'
import { UsageError } from '../command-line/command.ts'

/** The chain that a founding card names: none yet. */
export const NO_CHAIN: Uint8Array = new Uint8Array(32)

/** A card that was read and whose signatures are right. */
export interface OrganisationCard {
  /** The chain that its keys agreed to join; {@link NO_CHAIN} for a founder's. */
  readonly genesisHash: Uint8Array
  readonly application: ApplyMembership
}

const FORMAT = 'meridian-card/1'
const MAX_BYTES = 65_536

/** The text of a card: JSON that a person can read. */
export function encodeCard({ genesisHash, application }: OrganisationCard): string {
  const { keys, endpoints, ...said } = application
  const nodes = endpoints.nodes.map(({ nodeId, address }) => ({ nodeId: toHex(nodeId), address }))
  const document = {
    format: FORMAT,
    genesisHash: toHex(genesisHash),
    ...said,
    keys: keys.map(({ purpose, publicKey, proof }) => ({
      purpose,
      publicKey: toHex(publicKey),
      proof: toHex(proof),
    })),
    endpoints: { door: endpoints.door, nodes },
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** Reads a card and checks every signature on it. `file` is what it is called in an error. @throws UsageError */
export function decodeCard(suite: Suite, text: string, file: string): OrganisationCard {
  const card = text.length > MAX_BYTES ? undefined : readCard(text)
  if (card === undefined)
    throw new UsageError(
      {
        zh: `${file} 不是机构名片。请让该机构重新运行 meridian card 生成。`,
        en: `${file} is not the card of an organisation. Ask it to run meridian card again.`,
      },
      'card.malformed',
    )
  if (!verifyApplication(suite, card.genesisHash, card.application))
    throw new UsageError(
      {
        zh: `${file} 的签名不正确：名片生成之后被改动过。请向该机构重新索取。`,
        en: `The signatures on ${file} are wrong: it was changed after it was made. Ask the organisation for it again.`,
      },
      'card.bad-signature',
    )
  return card
}

/** Twelve words to compare by telephone: they stand for every key and name on the card. */
export function cardWords(suite: Suite, card: OrganisationCard): readonly string[] {
  return fingerprintWords(suite.sha256(utf8(canonicalTextOf(JSON.parse(encodeCard(card))))))
}

interface CardDocument {
  readonly format: string
  readonly genesisHash: string
  readonly keys: readonly { purpose: string; publicKey: string; proof: string }[]
  readonly endpoints: { door: string; nodes: readonly { nodeId: string; address: string }[] }
}

/** The body is held to the form of the statement that would carry it, so a card is never laxer than the ledger. */
function readCard(text: string): OrganisationCard | undefined {
  try {
    const { format, genesisHash, keys, endpoints, ...said } = JSON.parse(text) as CardDocument
    const given = {
      ...said,
      keys: keys.map((key) => ({ ...key, publicKey: bytesOf(key.publicKey), proof: bytesOf(key.proof) })),
      endpoints: {
        door: endpoints.door,
        nodes: endpoints.nodes.map(({ nodeId, address }) => ({ nodeId: bytesOf(nodeId), address })),
      },
    } as unknown as ApplyMembership
    const form = statementForm('apply-membership') as StatementForm<ApplyMembership>
    const application = form.decode(form.encode(given))
    const chain = bytesOf(genesisHash)
    if (format !== FORMAT || chain.length !== 32 || isRefusal(application)) return undefined
    return { genesisHash: chain, application }
  } catch {
    return undefined
  }
}

function bytesOf(hex: string): Uint8Array {
  const bytes = fromHex(hex)
  if (bytes === undefined) throw new RangeError('not hex')
  return bytes
}
