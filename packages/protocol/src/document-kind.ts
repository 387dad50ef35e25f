/** Tells our documents apart by their `format`, for a command line or a page that is handed files in any order. */
import { readCanonicalText } from './canonical-text.ts'
import { plainCopy } from './plain-copy.ts'
import { isRefusal } from './refusal.ts'

const KINDS = Object.freeze({
  'meridian-receipt': 'receipt',
  'meridian-record': 'record',
  'meridian-trust': 'trust',
  'meridian-elements': 'elements',
  'meridian-batch-path': 'batch-path',
} as const)

/** What a file is. */
export type DocumentKind = (typeof KINDS)[keyof typeof KINDS]

/** The kind of a document, whatever its version and whether or not it is valid; `undefined` for any other file. */
export function documentKindOf(bytes: Uint8Array): DocumentKind | undefined {
  const text = readCanonicalText(bytes, { maxDepth: 200 })
  if (isRefusal(text)) return undefined
  const document = plainCopy(text)
  const format =
    typeof document === 'object' && document !== null && (document as { format?: unknown }).format
  if (typeof format !== 'string') return undefined
  const [name] = format.split('/') as [string]
  return Object.hasOwn(KINDS, name) ? KINDS[name as keyof typeof KINDS] : undefined
}
