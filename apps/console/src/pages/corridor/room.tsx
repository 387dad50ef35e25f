/** One room of the picture: walls with doors, its name and number, how much has passed. A link to what is in it. */
import type { CorridorDocument } from '../../api/documents.ts'
import { routeTo } from '../../route/route.ts'
import { useWords } from '../../words/words.tsx'
import { type Box, type Plan, roomNames, walls } from './plan.ts'

type Props = {
  room: CorridorDocument['rooms'][number]
  box: Box
  plan: Plan
  upright: boolean
}

/** Sealed records and anchored ones are lists one can go to; the earlier rooms hold nothing for long. */
const ways = { store: routeTo('records'), anchor: routeTo('records', [], { state: 'final' }) } as const

/** The room; a link when there is a list behind it. */
export function Room({ room, box, plan, upright }: Props) {
  const { t, count } = useWords()
  const unit = room.name === 'store' || room.name === 'anchor' ? 'versions' : 'items'
  const passed = t(`corridor.passed-${unit}`, { n: room.passed })
  const href = room.name in ways ? ways[room.name as keyof typeof ways] : undefined
  const number = roomNames.indexOf(room.name) + 1
  const left = upright ? box.x + 62 : box.x + 16
  const inner = (
    <>
      <rect {...box} className="room-floor" />
      <path d={walls(box, plan, true)} className="room-walls" />
      <text x={left} y={box.y + 26} className="room-name">
        <tspan className="room-number">{number}</tspan> {t(`room.${room.name}`)}
      </text>
      <text
        x={left}
        y={box.y + (upright ? 60 : 64)}
        className={room.passed > 999_999 ? 'room-count room-count-long' : 'room-count'}
      >
        {count(room.passed)}
      </text>
      <text x={left} y={box.y + (upright ? 82 : 86)} className="room-unit">
        {t(`corridor.unit-${unit}`)}
      </text>
    </>
  )
  const label = `${t(`room.${room.name}`)}: ${passed}`
  if (href === undefined) return <g className="room">{inner}</g>
  return (
    <a href={href} aria-label={label} className="room">
      {inner}
    </a>
  )
}
