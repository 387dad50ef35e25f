/** The end of the corridor in numbers: height, block time, what still waits for the ledger. */
import type { CorridorDocument } from '../../api/documents.ts'
import { routeTo } from '../../route/route.ts'
import { Hash } from '../../show/hash.tsx'
import { Panel } from '../../show/panel.tsx'
import { When } from '../../show/when.tsx'
import { useWords } from '../../words/words.tsx'

/** A panel of pairs. */
export function Head({ corridor }: { corridor: CorridorDocument }) {
  const { t, count } = useWords()
  const { ledger, pending, counts } = corridor
  return (
    <Panel title={t('corridor.evidence')} aside={<a href={routeTo('ledger')}>{t('page.ledger')}</a>}>
      <dl className="pairs">
        <div>
          <dt>{t('corridor.height-word')}</dt>
          <dd className="num">{count(ledger.height)}</dd>
        </div>
        <div>
          <dt>{t('corridor.block-time')}</dt>
          <dd>
            <When iso={ledger.blockTime} />
          </dd>
        </div>
        <div>
          <dt>{t('corridor.anchored')}</dt>
          <dd className="num">{count(counts.anchored)}</dd>
        </div>
        <div>
          <dt>{t('corridor.not-final')}</dt>
          <dd className="num">{count(pending.outbox)}</dd>
        </div>
        <div>
          <dt>{t('ledger.chain')}</dt>
          <dd>
            <Hash value={ledger.chainId} keep={8} copy={false} />
          </dd>
        </div>
      </dl>
    </Panel>
  )
}
