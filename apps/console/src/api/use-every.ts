/** Does something again and again while a component is there and its window is looked at. */
import { useEffect } from 'react'

/** Calls `act` every `everyMs` milliseconds; `act` must stay the same between renders. */
export function useEvery(everyMs: number, act: () => void): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) act()
    }, everyMs)
    return () => clearInterval(timer)
  }, [everyMs, act])
}
