/** What changed between two versions of a record, element by element. */
import type { Element } from './minimise.ts'

/** One changed leaf: `before` is absent when it is new, `after` when it is gone. Canonical source text. */
export interface ElementChange {
  readonly path: string
  readonly before?: string
  readonly after?: string
}

/** The changes from `before` to `after`, in the order of their paths' first appearance. Pure. */
export function changesBetween(before: readonly Element[], after: readonly Element[]): ElementChange[] {
  const old = new Map(before.map(({ path, value }) => [path, value]))
  const fresh = new Map(after.map(({ path, value }) => [path, value]))
  const changes: ElementChange[] = []
  for (const path of new Set([...old.keys(), ...fresh.keys()])) {
    const [was, is] = [old.get(path), fresh.get(path)]
    if (was === is) continue
    changes.push({
      path,
      ...(was === undefined ? {} : { before: was }),
      ...(is === undefined ? {} : { after: is }),
    })
  }
  return changes
}
