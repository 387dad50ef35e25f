/** Turns parents into columns: every concept's ancestors (for subsumption by a binary search) and children (for browsing). */

/** Places of parents for each place. */
export type Parents = readonly (readonly number[])[]

/** The columns. `cycles` are places whose edge to a parent was left out because it led back to them. */
export interface Hierarchy {
  readonly ancestorsFrom: Uint32Array
  readonly ancestorsCount: Uint32Array
  readonly ancestors: Uint32Array
  readonly childrenFrom: Uint32Array
  readonly children: Uint32Array
  readonly cycles: readonly number[]
}

/** Works without recursion: a hierarchy may be as deep as it has concepts. */
export function buildHierarchy(parents: Parents): Hierarchy {
  const count = parents.length
  const pool = growingPool()
  const from = new Uint32Array(count)
  const length = new Uint32Array(count)
  const cycles: number[] = []
  const { order, isEdge } = parentsFirst(parents, cycles)
  for (const at of order) {
    const all = new Set<number>()
    for (const parent of parents[at] ?? []) {
      if (!isEdge(at, parent)) continue
      all.add(parent)
      for (let i = 0; i < (length[parent] as number); i++) all.add(pool.at((from[parent] as number) + i))
    }
    from[at] = pool.length()
    length[at] = all.size
    pool.add([...all].sort((a, b) => a - b))
  }
  return {
    ancestorsFrom: from,
    ancestorsCount: length,
    ancestors: pool.whole(),
    ...childrenOf(parents, isEdge),
    cycles,
  }
}

/** A depth-first order in which parents come before their children; edges that close a circle are left out. */
function parentsFirst(parents: Parents, cycles: number[]) {
  const state = new Uint8Array(parents.length) // 0 not seen, 1 under way, 2 done
  const order: number[] = []
  const cut = new Set<string>()
  for (let start = 0; start < parents.length; start++) {
    const stack = state[start] === 0 ? [{ at: start, next: 0 }] : []
    state[start] = Math.max(1, state[start] as number)
    while (stack.length > 0) {
      const top = stack[stack.length - 1] as { at: number; next: number }
      const parent = parents[top.at]?.[top.next++]
      if (parent === undefined) {
        state[top.at] = 2
        order.push(top.at)
        stack.pop()
      } else if (state[parent] === 0) {
        state[parent] = 1
        stack.push({ at: parent, next: 0 })
      } else if (state[parent] === 1) {
        cut.add(`${top.at}>${parent}`)
        cycles.push(top.at)
      }
    }
  }
  return { order, isEdge: (at: number, parent: number) => cut.size === 0 || !cut.has(`${at}>${parent}`) }
}

function childrenOf(parents: Parents, isEdge: (at: number, parent: number) => boolean) {
  const childrenFrom = new Uint32Array(parents.length + 1)
  for (const [at, own] of parents.entries())
    for (const parent of own)
      if (isEdge(at, parent)) childrenFrom[parent + 1] = (childrenFrom[parent + 1] as number) + 1
  for (let i = 0; i < parents.length; i++)
    childrenFrom[i + 1] = (childrenFrom[i + 1] as number) + (childrenFrom[i] as number)
  const children = new Uint32Array(childrenFrom[parents.length] as number)
  const filled = childrenFrom.slice()
  for (const [at, own] of parents.entries())
    for (const parent of own) {
      if (!isEdge(at, parent)) continue
      const next = filled[parent] as number
      children[next] = at
      filled[parent] = next + 1
    }
  return { childrenFrom, children }
}

function growingPool() {
  let pool = new Uint32Array(1024)
  let used = 0
  return {
    at: (i: number) => pool[i] as number,
    length: () => used,
    add(values: readonly number[]) {
      if (used + values.length > pool.length) {
        const grown = new Uint32Array(Math.max(pool.length * 2, used + values.length))
        grown.set(pool)
        pool = grown
      }
      pool.set(values, used)
      used += values.length
    },
    whole: () => pool.slice(0, used),
  }
}
