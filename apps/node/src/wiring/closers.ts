/** What was opened is closed in the opposite order, each once, also when opening stopped half-way. */

export interface Closers {
  add(closer: () => Promise<void> | void): void
  close(): Promise<void>
}

/** An empty list. */
export function createClosers(): Closers {
  const open: (() => Promise<void> | void)[] = []
  return {
    add: (closer) => void open.push(closer),
    async close() {
      for (const closer of open.splice(0).reverse()) await closer()
    },
  }
}
