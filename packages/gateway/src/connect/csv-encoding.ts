/** Which encoding a table is in, and strict decoding: a byte that is wrong refuses the row instead of becoming a question mark. */

/** What tables may be written in. */
export type TableEncoding = 'utf-8' | 'gb18030'

/** The first bytes of a file, once looked at. `skip` is the length of the byte order mark. */
export interface EncodingFound {
  /** Undefined: everything so far is ASCII, which both encodings share. */
  readonly encoding: TableEncoding | undefined
  readonly skip: number
  /** The file is UTF-16, which we do not read: saving it as "CSV UTF-8" mends it. */
  readonly utf16: boolean
}

/** Looks at the first bytes: byte order mark first, then whether they are UTF-8; anything else is taken for GB18030. */
export function findEncoding(head: Uint8Array): EncodingFound {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf)
    return { encoding: 'utf-8', skip: 3, utf16: false }
  if (head[0] === 0x84 && head[1] === 0x31 && head[2] === 0x95 && head[3] === 0x33) {
    return { encoding: 'gb18030', skip: 4, utf16: false }
  }
  const marked = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  if (marked) return { encoding: undefined, skip: 0, utf16: true }
  return { encoding: encodingOf(head), skip: 0, utf16: false }
}

/** The encoding of some bytes; undefined when they are plain ASCII. The last character may be cut off. */
export function encodingOf(bytes: Uint8Array): TableEncoding | undefined {
  if (bytes.every((byte) => byte < 0x80)) return undefined
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return 'utf-8'
  } catch {
    return 'gb18030'
  }
}

const decoders: Record<TableEncoding, InstanceType<typeof TextDecoder>> = {
  'utf-8': new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }),
  gb18030: new TextDecoder('gb18030', { fatal: true }),
}

/** Decodes strictly; undefined when the bytes are not in that encoding. */
export function decodeTable(bytes: Uint8Array, encoding: TableEncoding): string | undefined {
  try {
    return decoders[encoding].decode(bytes)
  } catch {
    return undefined
  }
}
