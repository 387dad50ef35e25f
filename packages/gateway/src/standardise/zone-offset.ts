/** The offset that holds in a source's zone, an IANA name or a fixed offset, at a wall clock time. */

/** `+08:00` for a zone at a wall clock time, given as if that clock were UTC. A zone nobody knows throws a `RangeError`. */
export function offsetAt(timeZone: string, wallMs: number): string {
  if (timeZone === 'Z' || /^[+-]\d\d:\d\d$/.test(timeZone)) return timeZone
  // Two rounds, because the offset at the wall time read as UTC may differ from the one that holds (summer time).
  const first = namedOffset(timeZone, wallMs)
  return namedOffset(timeZone, wallMs - offsetMinutes(first) * 60_000)
}

/** Minutes of an offset; 0 for `Z`. */
export function offsetMinutes(offset: string): number {
  if (offset === 'Z') return 0
  const size = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6))
  return offset.startsWith('-') ? -size : size
}

// Making a formatter costs 50 µs, so one is kept for each zone a source is configured with.
const formatters = new Map<string, Intl.DateTimeFormat>()

function namedOffset(timeZone: string, epochMs: number): string {
  let formatter = formatters.get(timeZone)
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    formatters.set(timeZone, formatter)
  }
  const name = formatter.formatToParts(epochMs).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
  // Zones before standard time have seconds in their offset; FHIR has none.
  return name === 'GMT' ? '+00:00' : name.slice(3, 9)
}
