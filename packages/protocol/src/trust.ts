/**
 * The trust file: the validators that a verifier believes, at the genesis or at a checkpoint, with a fingerprint that two
 * people compare by telephone (spec 5 §5).
 */
import { equalBytes, toHex, utf8 } from './bytes.ts'
import { textToTime, timeToText } from './comet/time.ts'
import { sortValidators, type Validator } from './comet/validator-set.ts'
import {
  decodeDocument,
  encodeDocument,
  type Form,
  formatForm,
  hashForm,
  listForm,
  nullableForm,
  objectForm,
  patternForm,
  textForm,
  wholeForm,
} from './document-form.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import { ORGANISATION } from './statements/patterns.ts'
import type { Suite } from './suite.ts'
import { trustWords } from './trust-words.ts'

/** A validator and the organisation that answers for it. */
export interface TrustedValidator extends Validator {
  readonly organisation: string
}

/** One point of a chain that is believed without proof. */
export interface TrustAnchor {
  readonly chainId: string
  readonly genesisHash: Uint8Array
  /** 0 for the genesis. */
  readonly height: bigint
  /** Hash of the header at that height; `null` at the genesis, which has none. */
  readonly headerHash: Uint8Array | null
  /** Block time, or the genesis time, in nanoseconds: how old the anchor is. */
  readonly time: bigint
  /** Those of that height (at the genesis: of height 1), in the order in which they are hashed. */
  readonly validators: readonly TrustedValidator[]
}

/** The anchor of the chain as it runs now first; after a handover those of the chains before it follow. */
export interface Trust {
  readonly anchors: readonly TrustAnchor[]
}

const WORD_COUNT = 12

interface TrustDocument extends Trust {
  readonly fingerprint: Uint8Array
}

const anchorForm: Form<TrustAnchor> = objectForm<TrustAnchor>({
  chainId: patternForm(/^[a-z][a-z0-9-]{0,31}-[0-9a-f]{16}$/),
  genesisHash: hashForm,
  height: wholeForm,
  headerHash: nullableForm(hashForm),
  time: textForm(timeToText, textToTime),
  validators: listForm(
    objectForm<TrustedValidator>({
      organisation: patternForm(ORGANISATION),
      publicKey: hashForm,
      power: wholeForm,
    }),
    { min: 1, max: 1000 },
  ),
})

const TRUST_FORMAT = 'meridian-trust/1'
const members = { anchors: listForm(anchorForm, { min: 1, max: 100 }) } as const
const bodyForm: Form<Trust> = formatForm<Trust>(TRUST_FORMAT, members)
const trustForm: Form<TrustDocument> = formatForm<TrustDocument>(TRUST_FORMAT, {
  ...members,
  fingerprint: hashForm,
})

/** SHA-256 of the canonical text of the trust file without its fingerprint. */
export function trustFingerprint(suite: Suite, trust: Trust): Uint8Array {
  return suite.sha256(utf8(encodeDocument(bodyForm, trust)))
}

/** The first 96 bits of a fingerprint as twelve words, to be read out. */
export function fingerprintWords(fingerprint: Uint8Array): readonly string[] {
  return Array.from(fingerprint.subarray(0, WORD_COUNT), (byte) => trustWords[byte] as string)
}

/** The canonical text of a trust file. */
export function encodeTrust(suite: Suite, trust: Trust): string {
  const fingerprint = trustFingerprint(suite, trust)
  return encodeDocument(trustForm, { ...trust, fingerprint })
}

/**
 * Reads a trust file. Refusals: `text.*`, `trust.malformed`, `trust.not-canonical`, `trust.wrong-fingerprint` (a byte of
 * it was changed after it was made).
 */
export function decodeTrust(suite: Suite, bytes: Uint8Array): Trust | Refusal {
  const document = decodeDocument(bytes, trustForm, {
    malformed: 'trust.malformed',
    notCanonical: 'trust.not-canonical',
  })
  if (isRefusal(document)) return document
  const trust: Trust = { anchors: document.anchors }
  if (!equalBytes(document.fingerprint, trustFingerprint(suite, trust)))
    return refuse('protocol', 'trust.wrong-fingerprint')
  const wrong = trust.anchors.findIndex((anchor) => !isSound(suite, anchor))
  return wrong < 0 ? trust : refuse('protocol', 'trust.malformed', { place: `/anchors/${wrong}` })
}

/** The chain id carries the genesis hash; a checkpoint has a header; the validators are in order, each key once. */
function isSound(suite: Suite, anchor: TrustAnchor): boolean {
  const keys = new Set(anchor.validators.map(({ publicKey }) => toHex(publicKey)))
  const sorted = sortValidators(suite, anchor.validators)
  return (
    anchor.chainId.endsWith(`-${toHex(anchor.genesisHash.subarray(0, 8))}`) &&
    (anchor.height === 0n) === (anchor.headerHash === null) &&
    keys.size === anchor.validators.length &&
    anchor.validators.every((validator, i) => validator.power > 0n && validator === sorted[i])
  )
}

/**
 * The one trust file that several members serve. Refusals: those of {@link decodeTrust}, and `trust.disagree` when they
 * are not byte for byte the same.
 */
export function agreedTrust(suite: Suite, served: readonly Uint8Array[]): Trust | Refusal {
  const [first, ...rest] = served
  if (first === undefined || rest.some((other) => !equalBytes(other, first)))
    return refuse('protocol', 'trust.disagree')
  return decodeTrust(suite, first)
}
