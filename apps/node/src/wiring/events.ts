/** Tells whoever watches (the console's live picture) that something changed. */
import type { NodeEvents } from './node.ts'

/** An empty list of listeners. */
export function createEvents(): NodeEvents & { changed(): void } {
  const listeners = new Set<() => void>()
  return {
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    changed() {
      for (const listener of listeners) listener()
    },
  }
}
