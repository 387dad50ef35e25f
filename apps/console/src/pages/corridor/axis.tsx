/** The way through the doors: where items come in, the line they walk on, and the small labels beside it. */
import type { CorridorDocument } from '../../api/documents.ts'
import { useWords } from '../../words/words.tsx'
import type { Plan } from './plan.ts'

type Props = { plan: Plan; moving: boolean; upright: boolean; corridor: CorridorDocument }

/** The line moves while items do. */
export function Axis({ plan, moving, upright, corridor }: Props) {
  const { t, count } = useWords()
  const [[x1, y1], [x2, y2]] = [plan.axis.from, plan.axis.to]
  const { received, duplicates } = corridor.counts
  return (
    <g className={moving ? 'axis axis-moving' : 'axis'}>
      <line {...{ x1, y1, x2, y2 }} className="axis-floor" />
      <line
        {...{ x1, y1, x2: upright ? x2 : x2 - 6, y2: upright ? y2 - 6 : y2 }}
        className="axis-line"
        markerEnd="url(#arrow)"
      />
      {upright ? (
        <>
          <text x="56" y="24" className="axis-label">
            {t('corridor.received')} <tspan className="axis-count">{count(received)}</tspan>
          </text>
          <text x="56" y="46" className="axis-note">
            {t('corridor.duplicates-n', { n: duplicates })}
          </text>
          <text x={plan.ward.x + plan.ward.width / 2} y="50" textAnchor="middle" className="ward-label">
            {t('page.quarantine')}
          </text>
        </>
      ) : (
        <>
          <text x="14" y="88" className="axis-label">
            {t('corridor.received')}
          </text>
          <text x="14" y="126" className="axis-count">
            {count(received)}
          </text>
          <text x="14" y="212" className="axis-note">
            HL7 v2
          </text>
          <text x="14" y="230" className="axis-note">
            FHIR · CSV
          </text>
          <text x="128" y="46" className="axis-note">
            {t('corridor.duplicates-short', { n: duplicates })}
          </text>
          <text x="114" y={plan.ward.y + 30} textAnchor="end" className="ward-label">
            {t('page.quarantine')}
          </text>
        </>
      )}
    </g>
  )
}
