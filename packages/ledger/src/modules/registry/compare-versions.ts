/** The precedence of semantic versions (Semantic Versioning 2.0.0 §11). The form is checked with the statement. */

/** Negative, zero or positive as `a` comes before, with or after `b`. */
export function compareVersions(a: string, b: string): number {
  const [coreA, labelsA] = partsOf(a)
  const [coreB, labelsB] = partsOf(b)
  const core = compareLists(coreA, coreB)
  if (core !== 0) return core
  // §11.3: a version with a pre-release label comes before the same one without.
  if (labelsA.length === 0 || labelsB.length === 0) return labelsB.length - labelsA.length
  return compareLists(labelsA, labelsB)
}

function partsOf(version: string): readonly [core: readonly string[], labels: readonly string[]] {
  const dash = version.indexOf('-')
  if (dash < 0) return [version.split('.'), []]
  return [version.slice(0, dash).split('.'), version.slice(dash + 1).split('.')]
}

/** §11.4: label by label; where one list ends first, the longer one comes after. */
function compareLists(a: readonly string[], b: readonly string[]): number {
  for (const [i, label] of a.entries()) {
    const other = b[i]
    if (other === undefined) return 1
    const order = compareLabels(label, other)
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** §11.4.1 to 3: numbers by value, texts by code unit, numbers before texts. */
function compareLabels(a: string, b: string): number {
  const numericA = /^\d+$/.test(a)
  const numericB = /^\d+$/.test(b)
  if (numericA && numericB) return BigInt(a) < BigInt(b) ? -1 : BigInt(a) > BigInt(b) ? 1 : 0
  if (numericA !== numericB) return numericA ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}
