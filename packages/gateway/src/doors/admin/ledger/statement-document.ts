/** A statement of a block in plain fields: kind, issuer, subject, body with hashes in hex, and the refusal if there was one. */
import { decodeStatement, isRefusal, toHex } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'

/** What the ledger page shows of a statement. `kind` is absent when the bytes do not decode, which a block never holds. */
export interface StatementDocument {
  readonly index: number
  readonly size: number
  readonly id?: string
  readonly kind?: string
  readonly issuer?: string
  readonly subject?: string
  readonly keyId?: string
  readonly expires?: string
  readonly body?: unknown
  readonly refusal?: string
}

/** Decodes for showing; form only. Pure. */
export function statementDocument(
  bytes: Uint8Array,
  index: number,
  refusal: string | undefined,
): StatementDocument {
  const base = { index, size: bytes.length, ...(refusal === undefined ? {} : { refusal }) }
  const statement = decodeStatement(nodeSuite, bytes)
  if (isRefusal(statement)) return { ...base, refusal: refusal ?? statement.code }
  return {
    ...base,
    id: toHex(statement.id),
    kind: statement.kind,
    issuer: statement.issuer,
    subject: statement.subject,
    keyId: toHex(statement.keyId),
    expires: new Date(Number(statement.expirySeconds) * 1000).toISOString(),
    body: plainBody(statement.body),
  }
}

/** Byte strings as hex and integers as numbers where they fit, so that JSON can hold the body. */
export function plainBody(value: unknown): unknown {
  if (value instanceof Uint8Array) return toHex(value)
  if (typeof value === 'bigint') return value <= Number.MAX_SAFE_INTEGER ? Number(value) : value.toString()
  if (Array.isArray(value)) return value.map(plainBody)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plainBody(member)]))
}
