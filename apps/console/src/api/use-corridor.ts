/** The corridor's document, kept fresh by the door's event stream; falls silent, and says so, when the node is away. */
import { useEffect, useState } from 'react'
import type { CorridorDocument } from './documents.ts'

/** `live` is false while the stream is interrupted; the last document stays. */
export interface LiveCorridor {
  readonly corridor: CorridorDocument | undefined
  readonly live: boolean
}

/** Follows `/api/corridor/events` while the component is there. The browser reconnects by itself. */
export function useCorridor(): LiveCorridor {
  const [corridor, setCorridor] = useState<CorridorDocument | undefined>()
  const [live, setLive] = useState(true)
  useEffect(() => {
    const events = new EventSource('/api/corridor/events')
    events.onmessage = (event) => {
      setCorridor(JSON.parse(event.data) as CorridorDocument)
      setLive(true)
    }
    events.onerror = () => setLive(false)
    return () => events.close()
  }, [])
  return { corridor, live }
}
