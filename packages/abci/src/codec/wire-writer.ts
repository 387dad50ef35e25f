/**
 * Writes the wire format of protobuf from the last byte to the first: when the length of a message is due, its bytes are
 * already there, so nothing is measured beforehand or moved afterwards (as gogoproto does it).
 */

/** What is written fills `bytes` from `at` to the end. */
export interface WireWriter {
  bytes: Buffer
  at: number
}

/** Most answers are shorter, and Node cuts so small a buffer from one it has. */
const FIRST_ROOM = 128

/** An empty writer; it grows. */
export function createWireWriter(): WireWriter {
  return { bytes: Buffer.allocUnsafe(FIRST_ROOM), at: FIRST_ROOM }
}

/** What has been written. */
export function writtenBytes(writer: WireWriter): Uint8Array {
  return writer.bytes.subarray(writer.at)
}

/** How many bytes have been written. */
export function writtenLength(writer: WireWriter): number {
  return writer.bytes.length - writer.at
}

/** Makes room for `count` bytes and moves to their first. */
function stepBack(writer: WireWriter, count: number): number {
  if (writer.at < count) {
    const used = writtenLength(writer)
    const grown = Buffer.allocUnsafe(Math.max(writer.bytes.length * 2, used + count))
    writer.bytes.copy(grown, grown.length - used, writer.at)
    writer.bytes = grown
    writer.at = grown.length - used
  }
  writer.at -= count
  return writer.at
}

/** An unsigned number below 2^53. */
export function writeNumber(writer: WireWriter, value: number): void {
  let length = 1
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) length++
  let at = stepBack(writer, length)
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) writer.bytes[at++] = (rest % 0x80) | 0x80
  writer.bytes[at] = rest
}

const SAFE = BigInt(Number.MAX_SAFE_INTEGER)

/** A number of 64 bits; a negative one takes ten bytes. */
export function writeBig(writer: WireWriter, value: bigint): void {
  if (value >= 0n && value <= SAFE) writeNumber(writer, Number(value))
  else writeGroups(writer, BigInt.asUintN(64, value))
}

function writeGroups(writer: WireWriter, value: bigint): void {
  const groups: number[] = []
  for (let rest = value; rest > 0n; rest >>= 7n) groups.push(Number(rest & 0x7fn))
  let at = stepBack(writer, groups.length)
  for (const [i, group] of groups.entries()) writer.bytes[at++] = i + 1 < groups.length ? group | 0x80 : group
}

/** Bytes with their length before them. */
export function writeBytes(writer: WireWriter, value: Uint8Array): void {
  // Stepping back may put other bytes in place.
  const at = stepBack(writer, value.length)
  writer.bytes.set(value, at)
  writeNumber(writer, value.length)
}

/** Text as UTF-8 with its length before it. */
export function writeText(writer: WireWriter, value: string): void {
  const length = Buffer.byteLength(value)
  const at = stepBack(writer, length)
  writer.bytes.write(value, at, 'utf8')
  writeNumber(writer, length)
}
