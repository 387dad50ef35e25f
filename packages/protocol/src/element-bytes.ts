/** Walks the elements of canonical text as UTF-8 bytes, without making a string: the hot half of a commitment (spec 4). */
import { utf8 } from './bytes.ts'

/** Where the walk stands. `path` holds the JSON Pointer of the current value, its first `pathLength` bytes. */
export interface ElementWalk {
  readonly bytes: Uint8Array
  readonly end: number
  readonly path: Uint8Array
  pathLength: number
  /** Hears of a leaf: its value is `bytes[from…to)`. Answers false to stop. */
  readonly onLeaf: (walk: ElementWalk, from: number, to: number) => boolean
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const STOPPED = -1

/** Walks the value at `at`; false when it was stopped, by `onLeaf` or by a path that is too long for its buffer. */
export function walkElementBytes(walk: ElementWalk, at: number): boolean {
  return walkValue(walk, at) !== STOPPED
}

/** The end of the value at `at`, or `STOPPED`. */
function walkValue(walk: ElementWalk, at: number): number {
  const { bytes } = walk
  const first = bytes[at]
  if (first === 0x7b && bytes[at + 1] !== 0x7d) return walkMembers(walk, at + 1)
  if (first === 0x5b && bytes[at + 1] !== 0x5d) return walkItems(walk, at + 1)
  const end = leafEnd(walk, at)
  return walk.onLeaf(walk, at, end) ? end : STOPPED
}

function leafEnd(walk: ElementWalk, at: number): number {
  const { bytes, end } = walk
  const first = bytes[at]
  if (first === QUOTE) return stringEnd(bytes, at)
  if (first === 0x7b || first === 0x5b) return at + 2
  let i = at + 1
  while (i < end) {
    const byte = bytes[i]
    if (byte === 0x2c || byte === 0x5d || byte === 0x7d) break
    i++
  }
  return i
}

function stringEnd(bytes: Uint8Array, at: number): number {
  let i = at + 1
  for (;;) {
    const byte = bytes[i]
    if (byte === QUOTE) return i + 1
    i += byte === BACKSLASH ? 2 : 1
  }
}

function walkMembers(walk: ElementWalk, from: number): number {
  const { bytes, pathLength } = walk
  let at = from
  for (;;) {
    const nameEnd = pushName(walk, at)
    if (nameEnd === STOPPED) return STOPPED
    at = walkValue(walk, nameEnd + 1)
    walk.pathLength = pathLength
    if (at === STOPPED) return STOPPED
    if (bytes[at++] === 0x7d) return at
  }
}

function walkItems(walk: ElementWalk, from: number): number {
  const { bytes, pathLength } = walk
  let at = from
  for (let index = 0; ; index++) {
    if (!pushIndex(walk, index)) return STOPPED
    at = walkValue(walk, at)
    walk.pathLength = pathLength
    if (at === STOPPED) return STOPPED
    if (bytes[at++] === 0x5d) return at
  }
}

/** Appends the name whose opening quote is at `at` to the path; answers the end of the name. */
function pushName(walk: ElementWalk, at: number): number {
  const { bytes, path } = walk
  const start = walk.pathLength
  let length = start
  path[length++] = 0x2f
  let i = at + 1
  for (;;) {
    const byte = bytes[i] as number
    if (byte === QUOTE) break
    if (byte === BACKSLASH) return pushEscapedName(walk, at)
    if (length + 2 > path.length) return STOPPED
    i++
    if (byte === 0x7e || byte === 0x2f) {
      path[length++] = 0x7e
      path[length++] = byte === 0x7e ? 0x30 : 0x31
    } else path[length++] = byte
  }
  walk.pathLength = length
  return i + 1
}

/** The rare name with a JSON escape, which is decoded before it becomes a pointer token (RFC 6901 §3). */
function pushEscapedName(walk: ElementWalk, at: number): number {
  const end = stringEnd(walk.bytes, at)
  const name = JSON.parse(new TextDecoder().decode(walk.bytes.slice(at, end))) as string
  const token = utf8(`/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)
  if (walk.pathLength + token.length > walk.path.length) return STOPPED
  walk.path.set(token, walk.pathLength)
  walk.pathLength += token.length
  return end
}

function pushIndex(walk: ElementWalk, index: number): boolean {
  const { path } = walk
  const digits = String(index)
  if (walk.pathLength + 1 + digits.length > path.length) return false
  path[walk.pathLength++] = 0x2f
  for (let i = 0; i < digits.length; i++) path[walk.pathLength++] = digits.charCodeAt(i)
  return true
}
