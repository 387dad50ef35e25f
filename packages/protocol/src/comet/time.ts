/**
 * Times as CometBFT has them: nanoseconds since 1970 in a bigint (a `Date` drops what is below the millisecond), as a
 * google.protobuf.Timestamp and as RFC 3339 text the way Go prints it.
 */
import { concatBytes } from '../bytes.ts'
import { varintField } from './protobuf.ts'

const NANOS = 1_000_000_000n
const MS_PER_DAY = 86_400_000

/** Go's zero time, 0001-01-01T00:00:00Z: what an absent validator's signature carries. */
export const ZERO_TIME = -62_135_596_800n * NANOS

/** Whole seconds, rounded down, of a time in nanoseconds. */
export function timeSeconds(time: bigint): bigint {
  return (time - nanosOf(time)) / NANOS
}

function nanosOf(time: bigint): bigint {
  return ((time % NANOS) + NANOS) % NANOS
}

/** google.protobuf.Timestamp: seconds = 1, nanos = 2, each left out when zero. */
export function encodeTimestamp(time: bigint): Uint8Array {
  return concatBytes(varintField(1, timeSeconds(time)), varintField(2, nanosOf(time)))
}

/** RFC 3339 in UTC with as many digits of a second as are needed (Go's `RFC3339Nano`). Years 0001 to 9999. */
export function timeToText(time: bigint): string {
  const date = new Date(Number(timeSeconds(time)) * 1000).toISOString().slice(0, 19)
  const digits = nanosOf(time).toString().padStart(9, '0').replace(/0+$/, '')
  return digits === '' ? `${date}Z` : `${date}.${digits}Z`
}

const TEXT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z$/

/** Reads what {@link timeToText} prints and nothing else; `undefined` otherwise. */
export function textToTime(text: string): bigint | undefined {
  const parts = TEXT.exec(text)
  if (parts === null) return undefined
  const seconds = secondsOf(parts.slice(1, 7).map(Number))
  const time = seconds * NANOS + BigInt((parts[7] ?? '').padEnd(9, '0'))
  return timeToText(time) === text ? time : undefined
}

function secondsOf(numbers: readonly number[]): bigint {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = numbers
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  const days = BigInt(Math.floor(date.getTime() / MS_PER_DAY))
  return days * 86_400n + BigInt(hour * 3600 + minute * 60 + second)
}
