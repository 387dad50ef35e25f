/** One entry of a catalogue of refusals, and a short way to write it. */
import type { Bilingual } from '@meridian/standards'

/** What a code says, and how to mend what it names. Neither text ever quotes what came. */
export interface CatalogueWords {
  readonly code: string
  readonly message: Bilingual
  readonly hint: Bilingual
}

/** An entry from its texts, Chinese first. */
export function words(
  code: string,
  message: readonly [string, string],
  hint: readonly [string, string],
): CatalogueWords {
  return { code, message: { zh: message[0], en: message[1] }, hint: { zh: hint[0], en: hint[1] } }
}
