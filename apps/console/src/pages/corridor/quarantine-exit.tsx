/** The exit of a room to quarantine: an arrow out of the door and how much waits there. A link to those items. */
import type { RoomName } from '../../api/documents.ts'
import { routeTo } from '../../route/route.ts'
import { useWords } from '../../words/words.tsx'
import type { Box } from './plan.ts'

type Props = { room: RoomName; count: number; from: Box; to: Box; upright: boolean }

/** Amber when something waits. */
export function QuarantineExit({ room, count, from, to, upright }: Props) {
  const words = useWords()
  const waits = count > 0
  const middle = { x: to.x + to.width / 2, y: to.y + to.height / 2 }
  const line = upright
    ? `M${from.x + from.width - 6} ${middle.y}H${to.x + 4}`
    : `M${middle.x} ${from.y + from.height - 6}V${to.y + 6}`
  const chip = upright
    ? { x: to.x + 9, y: middle.y - 15, width: to.width - 18, height: 30 }
    : { x: middle.x - 42, y: middle.y - 15, width: 84, height: 30 }
  return (
    <a
      href={routeTo('quarantine', [], { room })}
      className={waits ? 'exit exit-waits' : 'exit'}
      aria-label={`${words.t('page.quarantine')}, ${words.t(`room.${room}`)}: ${words.count(count)}`}
    >
      <path d={line} className="exit-line" markerEnd="url(#arrow)" />
      <rect {...chip} rx="15" className="exit-chip" />
      <text x={middle.x} y={middle.y + 5} textAnchor="middle" className="exit-count">
        {words.count(count)}
      </text>
    </a>
  )
}
