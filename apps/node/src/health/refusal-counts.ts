/** Counts what the ledger refused through this node, by code, since it was opened: for metrics, never for a decision. */

/** The counts. */
export interface RefusalCounts {
  count(code: string): void
  /** By code, in the order of first sight. */
  all(): ReadonlyMap<string, number>
}

/** All at nothing. Codes come from the append-only table, so the map stays small. */
export function createRefusalCounts(): RefusalCounts {
  const counts = new Map<string, number>()
  return {
    count: (code) => void counts.set(code, (counts.get(code) ?? 0) + 1),
    all: () => counts,
  }
}
