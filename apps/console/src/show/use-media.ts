/** Whether a media query holds now. */
import { useCallback, useSyncExternalStore } from 'react'

/** Follows a media query such as `(min-width: 768px)`. */
export function useMedia(query: string): boolean {
  const follow = useCallback(
    (listener: () => void) => {
      const list = matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(follow, () => matchMedia(query).matches)
}

/** True where a table fits: a tablet or wider. */
export function useWide(): boolean {
  return useMedia('(min-width: 768px)')
}
