/** One refused item: why, where — marked in the text as it came — and mending it by hand. */
import { Skeleton } from 'antd'
import { useState } from 'react'
import type { QuarantineDocument, SecondWay } from '../../api/documents.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { routeTo } from '../../route/route.ts'
import { Icon } from '../../show/icon.tsx'
import { PageHead } from '../../show/page-head.tsx'
import { Panel } from '../../show/panel.tsx'
import { Problem } from '../../show/problem.tsx'
import { useWords } from '../../words/words.tsx'
import { FindingList } from '../record/findings.tsx'
import { ItemFacts } from './item-facts.tsx'
import { MendPanel } from './mend-panel.tsx'
import './quarantine.css'
import { TakenIn } from './taken-in.tsx'

/** After a mend the page shows what became of it: the records, or the next reason. */
export function QuarantineItemPage({ id }: { id: string }) {
  const { t, say } = useWords()
  const { value, refused, again } = useAnswer<QuarantineDocument>(`/api/quarantine/${encodeURIComponent(id)}`)
  const [way, setWay] = useState<SecondWay | undefined>()
  const item = way?.outcome === 'refused' ? way.item : value
  return (
    <div className="page">
      <a className="back" href={routeTo('quarantine')}>
        <Icon name="back" /> {t('page.quarantine')}
      </a>
      <PageHead
        title={item === undefined ? t('page.quarantine') : say(item.message)}
        about={item && say(item.hint)}
      />
      {refused !== undefined && <Problem refused={refused} again={again} />}
      {value === undefined && refused === undefined && <Skeleton active paragraph={{ rows: 8 }} />}
      {way !== undefined && way.outcome !== 'refused' && <TakenIn way={way} />}
      {item !== undefined && way?.outcome !== 'taken-in' && (
        <div className="record-grid">
          <div className="record-main">
            <MendPanel
              key={item.attempts}
              item={item}
              stillRefused={way?.outcome === 'refused'}
              onWay={setWay}
            />
          </div>
          <div className="record-side">
            <ItemFacts item={item} />
            {item.findings.length > 0 && (
              <Panel title={t('record.findings')}>
                <FindingList findings={item.findings} />
              </Panel>
            )}
          </div>
        </div>
      )}
    </div>
  )
}
