/** Compares FHIR dates and date-times of different precision: only what both say is compared. */

/** Whether `first` is not after `then`. True where they cannot be compared. */
export function instantsInOrder(first: string, then: string): boolean {
  if (first.includes('T') && then.includes('T')) {
    const [a, b] = [Date.parse(first), Date.parse(then)]
    return Number.isNaN(a) || Number.isNaN(b) || a <= b
  }
  const [a, b] = [first.slice(0, 10), then.slice(0, 10)]
  const length = Math.min(a.length, b.length)
  return a.slice(0, length) <= b.slice(0, length)
}
