/** Reads one document of the door for a component and reads it again when asked to. */
import { useCallback, useEffect, useState } from 'react'
import type { Refused } from './answer.ts'
import { useSession } from './session.tsx'

/** `value` stays while it is read again, so that pages do not flicker. */
export interface Reading<T> {
  readonly value: T | undefined
  readonly refused: Refused | undefined
  readonly loading: boolean
  again(): void
}

/** Reads `path`; nothing while it is undefined. A change of path forgets the old value. */
export function useAnswer<T>(path: string | undefined): Reading<T> {
  const { client } = useSession()
  const [round, setRound] = useState(0)
  const [state, setState] = useState<{ path?: string | undefined; value?: T; refused?: Refused }>({})
  const [loading, setLoading] = useState(path !== undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` is what asks for another reading.
  useEffect(() => {
    if (path === undefined) return
    const controller = new AbortController()
    setLoading(true)
    client.get<T>(path, controller.signal).then((answer) => {
      if (controller.signal.aborted) return
      setState(answer.ok ? { path, value: answer.value } : { path, refused: answer.refused })
      setLoading(false)
    })
    return () => controller.abort()
  }, [client, path, round])
  const again = useCallback(() => setRound((n) => n + 1), [])
  const isOurs = state.path === path
  return {
    value: isOurs ? state.value : undefined,
    refused: isOurs ? state.refused : undefined,
    loading,
    again,
  }
}
