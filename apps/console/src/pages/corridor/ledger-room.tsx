/** The ledger at the end of the corridor: a chain of blocks, the height, and the receipt that goes back to the record. */
import type { CorridorDocument } from '../../api/documents.ts'
import { routeTo } from '../../route/route.ts'
import { useWords } from '../../words/words.tsx'
import type { Box } from './plan.ts'

type Props = { box: Box; corridor: CorridorDocument; upright: boolean }

/** A link to the ledger's blocks. */
export function LedgerRoom({ box, corridor, upright }: Props) {
  const { t, count } = useWords()
  const { height } = corridor.ledger
  const left = box.x + 18
  return (
    <>
      <ReceiptWay box={box} upright={upright} />
      <a
        href={routeTo('ledger')}
        className="ledger-room"
        aria-label={`${t('page.ledger')}: ${t('corridor.height', { n: height })}`}
      >
        <rect {...box} rx="6" className="ledger-box" />
        <Chain x={upright ? box.x + box.width - 128 : left} y={upright ? box.y + 52 : box.y + 103} />
        <text x={left} y={box.y + 26} className="ledger-name">
          {t('page.ledger')}
        </text>
        <text x={left} y={box.y + 66} className="ledger-height">
          {count(height)}
        </text>
        <text
          x={upright ? left + 110 : box.x + box.width - 16}
          y={box.y + 26}
          textAnchor="end"
          className="ledger-unit"
        >
          {t('corridor.height-word')}
        </text>
      </a>
    </>
  )
}

function Chain({ x, y }: { x: number; y: number }) {
  return (
    <g className="chain">
      {[0, 1, 2, 3].map((i) => (
        <g key={i}>
          {i > 0 && <path d={`M${x + i * 32 - 10} ${y + 11}h10`} />}
          <rect x={x + i * 32} y={y} width="22" height="22" rx="3" className={i === 3 ? 'chain-last' : ''} />
        </g>
      ))}
    </g>
  )
}

/** The receipt goes back beside the record: a dashed line to the room that keeps it. */
function ReceiptWay({ box, upright }: { box: Box; upright: boolean }) {
  const { t } = useWords()
  if (upright)
    return (
      <g className="receipt-way">
        <path d={`M${box.x + 250} ${box.y}V374H238`} markerEnd="url(#arrow)" />
        <text x="56" y={box.y - 14}>
          {t('corridor.receipt-way')}
        </text>
      </g>
    )
  return (
    <g className="receipt-way">
      <path d={`M${box.x + box.width / 2} ${box.y}V28H698V56`} markerEnd="url(#arrow)" />
      <text x="883" y="18" textAnchor="middle">
        {t('corridor.receipt-way')}
      </text>
    </g>
  )
}
