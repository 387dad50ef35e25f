/** A frame is one envelope with its length before it (an unsigned varint). */
import { AbciFailure } from '../failure.ts'
import { type Request, type Response, requestEnvelope, responseEnvelope } from '../tables/envelope.ts'
import type { Message } from './message.ts'
import { createWireReader, readVarint32 } from './wire-reader.ts'
import { createWireWriter, writeNumber, writtenBytes, writtenLength } from './wire-writer.ts'

function decode<T>(envelope: Message<T>, content: Uint8Array, maxElements: number): T {
  return envelope.readContent(createWireReader(content, maxElements))
}

function encode<T>(envelope: Message<T>, value: T, maxBytes: number): Uint8Array {
  const writer = createWireWriter()
  envelope.writeContent(writer, value)
  const length = writtenLength(writer)
  if (length > maxBytes)
    throw new AbciFailure('abci.too-large', 'Message too large', { length, limit: maxBytes })
  writeNumber(writer, length)
  return writtenBytes(writer)
}

/**
 * Reads a request from a frame's content (without its length). Throws an `AbciFailure`: `abci.malformed`,
 * `abci.too-many`, `abci.unknown-request`.
 */
export function decodeRequest(content: Uint8Array, maxElements: number): Request {
  return decode(requestEnvelope, content, maxElements)
}

/** Reads an answer; as `decodeRequest`. */
export function decodeResponse(content: Uint8Array, maxElements: number): Response {
  return decode(responseEnvelope, content, maxElements)
}

/** A whole frame of a request. Throws for values its fields cannot hold, and `abci.too-large`. */
export function encodeRequest(request: Request, maxBytes: number): Uint8Array {
  return encode(requestEnvelope, request, maxBytes)
}

/** A whole frame of an answer; as `encodeRequest`. */
export function encodeResponse(response: Response, maxBytes: number): Uint8Array {
  return encode(responseEnvelope, response, maxBytes)
}

/** The field number a frame's content begins with: the kind of request, before anything is decoded. 0 when it has none. */
export function leadingNumber(content: Uint8Array): number {
  try {
    return readVarint32(createWireReader(content, 0)) >>> 3
  } catch {
    return 0
  }
}
