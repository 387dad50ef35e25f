/**
 * Rewrites references by editing canonical text: only the strings that change are touched, so every decimal, narrative and
 * extension stays as it came. In canonical text `"reference":"` can only be a member's name and the start of its value.
 */
import type { CanonicalText } from '@meridian/protocol'
import { readString, stringEnd } from '../../json-slices.ts'

// FHIR R4 §3.1.0.11.2: a transaction also replaces links in elements of type uri and url; here only placeholders are.
const referenceKey = '"reference":'
const uriKeys = ['"url":', '"uri":', '"valueUri":', '"valueUrl":', '"valueUuid":', '"valueOid":']

/** Gives the new string for a reference, or undefined to leave it. */
export type Rewrite = (reference: string) => string | undefined

/** The text with every `reference` given to `rewrite`. */
export function rewriteReferences(text: CanonicalText, rewrite: Rewrite): CanonicalText {
  return rewriteStrings(text, referenceKey, rewrite)
}

/** The text with every uri-like member that is a placeholder (`urn:uuid:`, `urn:oid:`) given to `rewrite`. */
export function rewritePlaceholders(text: CanonicalText, rewrite: Rewrite): CanonicalText {
  if (!text.includes('"urn:uuid:') && !text.includes('"urn:oid:')) return text
  return uriKeys.reduce<CanonicalText>(
    (edited, key) => rewriteStrings(edited, key, (uri) => (isPlaceholder(uri) ? rewrite(uri) : undefined)),
    text,
  )
}

/** True for the uris that only mean something inside one Bundle. */
export function isPlaceholder(uri: string): boolean {
  return uri.startsWith('urn:uuid:') || uri.startsWith('urn:oid:')
}

/** Every `reference` of the text, in order. */
export function referencesIn(text: CanonicalText): string[] {
  const found: string[] = []
  rewriteReferences(text, (reference) => {
    found.push(reference)
    return undefined
  })
  return found
}

function rewriteStrings(text: CanonicalText, key: string, rewrite: Rewrite): CanonicalText {
  let edited = ''
  let kept = 0
  for (let at = text.indexOf(key); at !== -1; at = text.indexOf(key, at + key.length)) {
    const from = at + key.length
    const to = stringEnd(text, from)
    if (to === undefined) continue
    const old = readString(text.slice(from, to))
    const changed = old === undefined ? undefined : rewrite(old)
    if (changed === undefined || changed === old) continue
    edited += text.slice(kept, from) + JSON.stringify(changed)
    kept = to
  }
  return (kept === 0 ? text : edited + text.slice(kept)) as CanonicalText
}
