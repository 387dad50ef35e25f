/** How deep a JSON value may be nested before anything else looks at it. */

/** Deeper than this is no record. Canonical text refuses depth before; this guards every recursion of the checks. */
export const depthLimit = 128

/** Whether a value is nested more than `levels` deep. Looks no deeper than that itself. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  for (const inner of Object.values(value)) if (isDeeperThan(inner, levels - 1)) return true
  return false
}
