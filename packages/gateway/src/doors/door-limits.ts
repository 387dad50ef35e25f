/** The bounds of a door that speaks JSON: how often one caller may ask, and how large and deep a body may be. */
import type { Rate } from './rate-limit.ts'

/** `requestsPerSecond` and `burst` count for each caller: a person or token once known, before that an address. */
export interface DoorLimits extends Rate {
  readonly maxBodyBytes: number
  /** Nested objects and arrays of a JSON body. */
  readonly maxDepth: number
  /** Members and items of a JSON body. */
  readonly maxMembers: number
}

/** The bounds unless told otherwise. A message of a hospital fits; what is mended by hand is far smaller. */
export const defaultDoorLimits: DoorLimits = {
  requestsPerSecond: 200,
  burst: 600,
  maxBodyBytes: 2 * 1024 * 1024,
  maxDepth: 32,
  maxMembers: 100_000,
}
