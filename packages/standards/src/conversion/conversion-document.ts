/**
 * What a receiver is given: the converted record, and terms that the sender attested on the ledger. The terms name the commitments of input and
 * output and the maps, and nothing personal; the output's commitment binds the record (ADR 0170).
 */
import {
  buildCommitment,
  type CanonicalText,
  canonicalTextOf,
  concatBytes,
  equalBytes,
  fromHex,
  isRefusal,
  plainCopy,
  readCanonicalText,
  type Suite,
  toHex,
  utf8,
  valueAt,
} from '@meridian/protocol'
import type { Finding } from '../finding.ts'
import type { Target } from './convert-record.ts'

/** What the sender stands for. Hashes are hex. */
export interface ConversionTerms {
  readonly format: 'meridian-conversion/1'
  readonly from: string
  readonly to: string
  /** SHA-256 of the canonical text of the receiver's capability. */
  readonly capability: string
  readonly genesisHash: string
  /** Type of the resource. */
  readonly kind: string
  readonly standardsSetHash: string
  /** Commitment of the record version that was converted, and of what came out. */
  readonly input: string
  readonly output: string
  readonly maps: readonly Target['map'][]
  readonly losses: readonly { readonly code: string; readonly path: string }[]
  /** ISO 8601: when it was converted; given again, the same bytes come out. */
  readonly recorded: string
}

/** The terms with what opens them: whoever has the document has the record. */
export interface ConversionDocument {
  readonly terms: ConversionTerms
  /** 32 bytes, hex. */
  readonly secret: string
  /** Canonical text of `{provenance, resource}`. */
  readonly content: CanonicalText
}

/** What is sealed into a document. */
export interface ConversionParts {
  readonly suite: Suite
  readonly terms: Omit<ConversionTerms, 'format' | 'output' | 'losses'>
  readonly losses: readonly Finding[]
  /** Of the input: the output's secret comes from it, so that a replay makes the same bytes and nobody else can guess them. */
  readonly inputSecret: Uint8Array
  readonly provenance: CanonicalText
  readonly resource: CanonicalText
}

/** Seals a conversion. Pure. */
export function sealConversion(parts: ConversionParts): ConversionDocument {
  const { suite, terms, losses, inputSecret, provenance, resource } = parts
  const content = `{"provenance":${provenance},"resource":${resource}}` as CanonicalText
  const secret = suite.sha256(
    concatBytes(utf8('meridian conversion secret'), inputSecret, suite.sha256(utf8(canonicalTextOf(terms)))),
  )
  const output = outputCommitment(suite, terms, content, secret)
  const lost = losses.map(({ code, path }) => ({ code, path }))
  return {
    terms: { ...terms, format: 'meridian-conversion/1', output: toHex(output), losses: lost },
    secret: toHex(secret),
    content,
  }
}

/** The hash that the sender attests: SHA-256 of the canonical text of the terms, 32 bytes. */
export function termsHash(suite: Suite, terms: ConversionTerms): Uint8Array {
  return suite.sha256(utf8(canonicalTextOf(terms)))
}

/** The text of the file. */
export function encodeConversion({ terms, secret, content }: ConversionDocument): string {
  return `{"content":${content},"secret":${JSON.stringify(secret)},"terms":${canonicalTextOf(terms)}}`
}

/** Reads a file, or says in one word why it is none: `form` (not in its form), `output` (the record is not the one of the terms). */
export function decodeConversion(suite: Suite, bytes: Uint8Array): ConversionDocument | 'form' | 'output' {
  const text = readCanonicalText(bytes)
  if (isRefusal(text)) return 'form'
  const { terms, secret } = (plainCopy(text) ?? {}) as Partial<ConversionDocument>
  const content = valueAt(text, '/content')
  if (content === undefined || typeof secret !== 'string' || !isTerms(terms)) return 'form'
  const document = { terms, secret, content }
  if (encodeConversion(document) !== text) return 'form'
  const opened = fromHex(secret)
  if (opened?.length !== 32) return 'form'
  const reached = outputCommitment(suite, terms, content, opened)
  return equalBytes(reached, fromHex(terms.output) ?? new Uint8Array()) ? document : 'output'
}

const hash = /^[0-9a-f]{64}$/

function isTerms(value: unknown): value is ConversionTerms {
  const terms = (value ?? {}) as Partial<Record<keyof ConversionTerms, unknown>>
  const { capability, genesisHash, standardsSetHash, input, output } = terms
  const texts = [terms.from, terms.to, terms.kind, terms.recorded]
  return (
    terms.format === 'meridian-conversion/1' &&
    [capability, genesisHash, standardsSetHash, input, output].every((one) => hash.test(String(one))) &&
    texts.every((one) => typeof one === 'string' && one !== '') &&
    Array.isArray(terms.maps) &&
    Array.isArray(terms.losses)
  )
}

function outputCommitment(
  suite: Suite,
  { genesisHash, from, kind, standardsSetHash }: Omit<ConversionTerms, 'format' | 'output' | 'losses'>,
  content: CanonicalText,
  secret: Uint8Array,
): Uint8Array {
  const header = {
    suite: 'ed25519-sha256',
    genesisHash: fromHex(genesisHash) ?? new Uint8Array(32),
    organisation: from,
    handle: suite.sha256(concatBytes(utf8('meridian conversion handle'), secret)).slice(0, 16),
    version: 1,
    previous: null,
    kind,
    standardsSetHash: fromHex(standardsSetHash) ?? new Uint8Array(32),
  } as const
  return buildCommitment(suite, header, content, secret).root
}
