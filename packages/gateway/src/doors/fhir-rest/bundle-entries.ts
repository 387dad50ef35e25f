/** Takes a posted Bundle apart on its source text, so that every entry's bytes stay as they came. */
import { itemSlices, memberSlices, readString } from '../../json-slices.ts'

/** A Bundle's type and its entries' source texts with what each asks for. */
export interface PostedBundle {
  readonly type: string
  readonly entries: readonly PostedEntry[]
  /** Whether some reference or request may be conditional, so that looking closer is worth it. */
  readonly maybeConditional: boolean
}

/** `method` and `url` as they came, empty when absent. */
export interface PostedEntry {
  readonly text: string
  readonly method: string
  readonly url: string
  readonly ifNoneExist?: string
  readonly fullUrl?: string
}

const conditional = /"ifNoneExist"|"(?:reference|url)"\s*:\s*"[A-Z][A-Za-z]{1,40}\?/

const strictUtf8 = new TextDecoder('utf-8', { fatal: true })

/** The Bundle in a body, of type `''` when it is another resource; undefined when it is malformed and the strict reader must say where. */
export function readPostedBundle(body: Uint8Array): PostedBundle | undefined {
  const text = decode(body)
  const members = text === undefined ? undefined : memberSlices(text)
  if (text === undefined || members === undefined) return undefined
  if (stringOf(text, members, 'resourceType') !== 'Bundle')
    return { type: '', entries: [], maybeConditional: false }
  const list = members.get('entry')
  const slices = list === undefined ? [] : itemSlices(text, list.from)
  if (slices === undefined) return undefined
  return {
    type: stringOf(text, members, 'type') ?? '',
    entries: slices.map(({ from, to }) => entryOf(text.slice(from, to))),
    maybeConditional: conditional.test(text),
  }
}

// Strictly, because an entry's bytes are written again from the text and must come out as they went in.
function decode(body: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(body)
  } catch {
    return undefined
  }
}

function entryOf(text: string): PostedEntry {
  const members = memberSlices(text)
  const request = members?.get('request')
  const asked = request === undefined ? undefined : memberSlices(text, request.from)
  const ifNoneExist = asked === undefined ? undefined : stringOf(text, asked, 'ifNoneExist')
  const fullUrl = members === undefined ? undefined : stringOf(text, members, 'fullUrl')
  return {
    text,
    method: (asked === undefined ? undefined : stringOf(text, asked, 'method')) ?? '',
    url: (asked === undefined ? undefined : stringOf(text, asked, 'url')) ?? '',
    ...(ifNoneExist === undefined ? {} : { ifNoneExist }),
    ...(fullUrl === undefined ? {} : { fullUrl }),
  }
}

function stringOf(
  text: string,
  members: NonNullable<ReturnType<typeof memberSlices>>,
  name: string,
): string | undefined {
  const slice = members.get(name)
  return slice === undefined ? undefined : readString(text.slice(slice.from, slice.to))
}
