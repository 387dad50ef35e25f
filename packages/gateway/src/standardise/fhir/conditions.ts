/**
 * Conditional requests and references (FHIR R4 §3.1.0.8.1, §2.3.0.1): an item names records by a search. Whoever can search (the
 * REST door) does so first and puts the matches into the item's context, so that this room stays pure and a replay decides alike.
 */
import type { CanonicalText } from '@meridian/protocol'
import type { Received } from '../../connect/received.ts'
import { readEntries } from './bundle-entry.ts'
import { referencesIn } from './reference-edit.ts'
import { readCondition } from './sender-urls.ts'

/** The key of `context` that holds {@link Matches} as JSON. */
export const matchesKey = 'matches'

/** What each condition (`Patient?identifier=s|v`) matched when the item came: ids, at most two. */
export type Matches = Readonly<Record<string, readonly string[]>>

/** The conditions of a transaction, or of one entry, in order and once each. */
export function conditionsIn(text: CanonicalText): string[] {
  const found = new Set<string>()
  for (const reference of referencesIn(text)) if (readCondition(reference) !== undefined) found.add(reference)
  for (const { request, resource } of readEntries(text)) {
    if (request === undefined) continue
    if (readCondition(request.url) !== undefined && request.method !== 'GET') found.add(request.url)
    const type =
      resource === undefined ? undefined : readCondition(`${request.url}?${request.ifNoneExist ?? ''}`)?.type
    if (type !== undefined && request.ifNoneExist !== undefined) found.add(`${type}?${request.ifNoneExist}`)
  }
  return [...found]
}

/** What is known about a condition: the matching ids, or undefined when nobody looked (an item from a file). */
export function matchesOf(received: Received, condition: string): readonly string[] | undefined {
  const noted = received.context[matchesKey]
  return noted === undefined ? undefined : (JSON.parse(noted) as Matches)[condition]
}
