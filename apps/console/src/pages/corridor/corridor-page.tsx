/** The corridor: the picture with live counts, the account of what was received, throughput, and what waits for a person. */
import { Skeleton } from 'antd'
import { useCorridor } from '../../api/use-corridor.ts'
import { PageHead } from '../../show/page-head.tsx'
import { Panel } from '../../show/panel.tsx'
import { Tag } from '../../show/tag.tsx'
import { useWide } from '../../show/use-media.ts'
import { useWords } from '../../words/words.tsx'
import { Account } from './account.tsx'
import './corridor.css'
import { CorridorPicture } from './corridor-picture.tsx'
import { Head } from './head.tsx'
import { ThroughputPanel } from './throughput-panel.tsx'
import { WaitingReasons } from './waiting-reasons.tsx'

/** The first page of everybody. */
export function CorridorPage() {
  const { t } = useWords()
  const wide = useWide()
  const { corridor, live } = useCorridor()
  return (
    <div className="page">
      <PageHead
        title={t('page.corridor')}
        about={t('corridor.about')}
        extra={<Tag tone={live ? 'good' : 'warn'}>{t(live ? 'corridor.live' : 'corridor.silent')}</Tag>}
      />
      {corridor === undefined ? (
        <Skeleton active paragraph={{ rows: 8 }} />
      ) : (
        <>
          <section className="panel corridor-panel" aria-label={t('corridor.picture')}>
            <CorridorPicture corridor={corridor} upright={!wide} />
          </section>
          <div className="corridor-below">
            <Account corridor={corridor} />
            <ThroughputPanel rates={corridor.rates} />
            <Head corridor={corridor} />
          </div>
          <Panel title={t('corridor.waiting')} flush>
            <WaitingReasons quarantined={corridor.counts.quarantined} />
          </Panel>
        </>
      )}
    </div>
  )
}
