/** The corridor as a floor plan: rooms with doors, live counts, and the exit to quarantine at every rung. */
import type { CorridorDocument } from '../../api/documents.ts'
import { useWords } from '../../words/words.tsx'
import { Axis } from './axis.tsx'
import { LedgerRoom } from './ledger-room.tsx'
import { lying, upright as standing } from './plan.ts'
import { QuarantineExit } from './quarantine-exit.tsx'
import { Room } from './room.tsx'

/** `upright` draws it from top to bottom, for narrow screens. */
export function CorridorPicture({ corridor, upright }: { corridor: CorridorDocument; upright: boolean }) {
  const { t } = useWords()
  const plan = upright ? standing : lying
  const moving = corridor.rates.recordsPerSecond > 0 || corridor.pending.inbox > 0
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset, and its rooms are links to be reached one by one.
    <svg
      className={`picture ${upright ? 'picture-upright' : 'picture-lying'}`}
      viewBox={`0 0 ${plan.width} ${plan.height}`}
      role="group"
      aria-label={t('corridor.picture')}
    >
      <defs>
        <pattern
          id="ward-hatch"
          width="8"
          height="8"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <line y2="8" className="hatch" />
        </pattern>
        <marker id="arrow" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M1 1l5 3-5 3" className="arrow" />
        </marker>
      </defs>
      <rect {...plan.ward} rx="4" className="ward" fill="url(#ward-hatch)" />
      <Axis plan={plan} moving={moving} upright={upright} corridor={corridor} />
      {corridor.rooms.map((room, i) => {
        const [box, exit] = [plan.rooms[i], plan.exits[i]]
        if (box === undefined || exit === undefined) return null
        return (
          <g key={room.name}>
            <QuarantineExit
              room={room.name}
              count={room.quarantined}
              from={box}
              to={exit}
              upright={upright}
            />
            <Room room={room} box={box} plan={plan} upright={upright} />
          </g>
        )
      })}
      <LedgerRoom box={plan.ledger} corridor={corridor} upright={upright} />
    </svg>
  )
}
