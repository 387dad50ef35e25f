/** Turns among the groups of one process that touch the same records: first come, first stored. */

/** Gives a release function once every earlier claim on any of the keys is released. */
export type Claim = (keys: Iterable<string>) => Promise<() => void>

/** Claims are queued in the order of the calls, all keys of a call at once, so no two can wait for each other. */
export function createClaims(): Claim {
  const held = new Map<string, Promise<void>>()
  return async (keys) => {
    const wanted = [...new Set(keys)]
    const earlier = wanted.map((key) => held.get(key))
    let resolve = () => {}
    const mine = new Promise<void>((done) => {
      resolve = done
    })
    for (const key of wanted) held.set(key, mine)
    await Promise.all(earlier)
    return () => {
      for (const key of wanted) if (held.get(key) === mine) held.delete(key)
      resolve()
    }
  }
}
