/** Reads a list page by page: the first, and more when asked. */
import { useCallback, useEffect, useState } from 'react'
import type { Refused } from './answer.ts'
import type { Page } from './documents.ts'
import { useSession } from './session.tsx'

/** All items read so far. `more` is undefined at the end. */
export interface PagesReading<T> {
  readonly items: readonly T[]
  readonly refused: Refused | undefined
  readonly loading: boolean
  readonly more: (() => void) | undefined
  again(): void
}

/** Reads `path` (with its filters as a query string); starts over when it changes. Nothing while undefined. */
export function usePages<T>(path: string | undefined): PagesReading<T> {
  const { client } = useSession()
  const [round, setRound] = useState(0)
  const [state, setState] = useState<{ items: readonly T[]; next?: string | undefined; refused?: Refused }>({
    items: [],
  })
  const [loading, setLoading] = useState(path !== undefined)
  const read = useCallback(
    async (cursor: string | undefined, before: readonly T[], signal?: AbortSignal) => {
      if (path === undefined) return
      setLoading(true)
      const joined = cursor === undefined ? path : withParameter(path, 'cursor', cursor)
      const answer = await client.get<Page<T>>(joined, signal)
      if (signal?.aborted) return
      setState(
        answer.ok
          ? { items: [...before, ...answer.value.items], next: answer.value.next }
          : { items: before, refused: answer.refused },
      )
      setLoading(false)
    },
    [client, path],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` is what asks for another reading.
  useEffect(() => {
    const controller = new AbortController()
    read(undefined, [], controller.signal)
    return () => controller.abort()
  }, [read, round])
  const { next, items } = state
  return {
    items,
    refused: state.refused,
    loading,
    more: next === undefined ? undefined : () => void read(next, items),
    again: useCallback(() => setRound((n) => n + 1), []),
  }
}

/** The path with one more query parameter. */
export function withParameter(path: string, name: string, value: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(value)}`
}

/** The path with those parameters that have a value. */
export function withFilters(path: string, filters: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(filters).reduce(
    (joined, [name, value]) => (value ? withParameter(joined, name, value) : joined),
    path,
  )
}
