/** The present route, following the address bar. */
import { useMemo, useSyncExternalStore } from 'react'
import { type Route, readRoute } from './route.ts'

function onHashChange(listener: () => void): () => void {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}

/** The route; the component renders again when it changes. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(onHashChange, () => location.hash)
  return useMemo(() => readRoute(hash), [hash])
}
