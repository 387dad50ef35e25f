/** The way to a place in the tree of jurisdictions: nation, province, city, county (GB/T 2260). */

/** `330106` → `['CN', '33', '3301', '330106']`; `CN` → `['CN']`. */
export function placePath(place: string): readonly string[] {
  if (place === 'CN') return ['CN']
  const steps = Array.from({ length: Math.floor(place.length / 2) }, (_, i) => place.slice(0, 2 * (i + 1)))
  return ['CN', ...steps]
}

/** A place before what is under it, and neighbours by their codes. */
export function comparePlaces(a: string, b: string): number {
  const [one, other] = [placePath(a).join('/'), placePath(b).join('/')]
  return one < other ? -1 : one > other ? 1 : 0
}
