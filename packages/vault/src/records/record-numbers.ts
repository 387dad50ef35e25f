/** Numbers for new records, drawn from the database in blocks. */
import type { VaultContext } from '../vault-context.ts'

/** Resolves to a function that gives up to `atMost` numbers, each once; it throws when asked for more. */
export type RecordNumbers = (atMost: number) => Promise<() => bigint>

const BLOCK = 4096n

/** Numbers are drawn in blocks of the sequence's increment, so most groups draw none; what a group leaves is void. */
export function createRecordNumbers(vault: VaultContext): RecordNumbers {
  let free = { next: 0n, end: 0n }
  return async (atMost) => {
    const ranges = [takeFrom(free, BigInt(atMost))]
    for (
      let missing = BigInt(atMost) - sizeOf(ranges);
      missing > 0n;
      missing = BigInt(atMost) - sizeOf(ranges)
    ) {
      const rows = await vault.driver.query<{ start: bigint }>(`SELECT nextval('record_numbers') AS start`)
      const start = rows[0]?.start ?? 0n
      free = { next: start, end: start + BLOCK }
      ranges.push(takeFrom(free, missing))
    }
    return () => {
      const range = ranges.find(({ next, end }) => next < end)
      if (range === undefined) throw new Error('more records are made than a group has items')
      range.next += 1n
      return range.next - 1n
    }
  }
}

interface NumberRange {
  next: bigint
  end: bigint
}

function takeFrom(free: NumberRange, wanted: bigint): NumberRange {
  const start = free.next
  const end = free.end - start < wanted ? free.end : start + wanted
  free.next = end
  return { next: start, end }
}

function sizeOf(ranges: readonly NumberRange[]): bigint {
  return ranges.reduce((sum, { next, end }) => sum + end - next, 0n)
}
