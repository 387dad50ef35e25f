/** The messages between the vault and the thread PGlite lives in. Answers carry the request's id; 0 is the start. */
import type { SqlValue } from './driver.ts'

/** What the thread is started with; `directory` null keeps everything in memory, `template` is a dumped directory. */
export interface PgliteStart {
  readonly directory: string | null
  readonly template?: Uint8Array
}

/** One request; they run in the order they are sent. */
export type PgliteRequest =
  | { readonly id: number; readonly kind: 'query'; readonly sql: string; readonly parameters: SqlValue[] }
  | { readonly id: number; readonly kind: 'dump' | 'close' }

/**
 * `rows` for what worked, `failed` with the SQLSTATE for what did not; `gone` when PostgreSQL has given up, as a server does with a
 * PANIC: nothing is answered any more.
 */
export type PgliteAnswer =
  | {
      readonly id: number
      readonly rows?: unknown
      readonly failed?: { readonly code: string; readonly message: string }
    }
  | { readonly gone: string }
