/**
 * Writes on a condition (If-None-Exist, `PUT Type?…`) look first and write then; two that ask for the same criteria at once would
 * both find nothing and both create. So they take turns, criteria by criteria; all others pass by.
 */

/** Runs `work` after every call before it that shares one of its criteria (`Patient?identifier=s|v`). */
export type CriteriaTurns = <T>(criteria: readonly string[], work: () => Promise<T>) => Promise<T>

/** The turns of one door. The store is its own alone (design: one node for each organisation), so turns in memory are enough. */
export function createCriteriaTurns(): CriteriaTurns {
  const last = new Map<string, Promise<unknown>>()
  return <T>(criteria: readonly string[], work: () => Promise<T>): Promise<T> => {
    if (criteria.length === 0) return work()
    const keys = new Set(criteria.map(sameForm))
    // All places are taken at once, so no two calls can wait for each other.
    const mine = Promise.all([...keys].map((key) => last.get(key))).then(work)
    const done: Promise<void> = mine.then(ignore, ignore).then(() => {
      for (const key of keys) if (last.get(key) === done) last.delete(key)
    })
    for (const key of keys) last.set(key, done)
    return mine
  }
}

/** Parameters in another order or escaped otherwise ask the same. */
function sameForm(criteria: string): string {
  const question = criteria.indexOf('?')
  const query = new URLSearchParams(criteria.slice(question + 1))
  query.sort()
  return `${criteria.slice(0, question)}?${query}`
}

function ignore(): void {}
