/** Quarantine: what the rooms refused, grouped by reason, each with its hint; below, the items of the chosen reason. */
import { Select } from 'antd'
import { useState } from 'react'
import type { QuarantineRow } from '../../api/documents.ts'
import { useSession } from '../../api/session.tsx'
import { usePages, withFilters } from '../../api/use-pages.ts'
import { routeTo } from '../../route/route.ts'
import { AdaptiveTable } from '../../show/adaptive-table.tsx'
import { PageHead } from '../../show/page-head.tsx'
import { Panel } from '../../show/panel.tsx'
import { Problem } from '../../show/problem.tsx'
import { useWords } from '../../words/words.tsx'
import { roomNames } from '../corridor/plan.ts'
import { LikeErrorGroups } from './like-errors.tsx'
import { quarantineColumns } from './quarantine-columns.tsx'
import './quarantine.css'
import { ReasonGroups } from './reason-groups.tsx'

/** Auditors see the groups and their counts, never an item. */
export function QuarantinePage({ query }: { query: Readonly<Record<string, string>> }) {
  const words = useWords()
  const { t } = words
  const { session } = useSession()
  const maySeeItems = session?.person.role !== 'auditor'
  const pages = usePages<QuarantineRow>(maySeeItems ? withFilters('/api/quarantine', query) : undefined)
  const [round, setRound] = useState(0)
  const changed = () => {
    setRound(round + 1)
    pages.again()
  }
  const setRoom = (room: string | undefined) => {
    location.hash = routeTo('quarantine', [], { room })
  }
  return (
    <div className="page">
      <PageHead title={t('page.quarantine')} about={t('quarantine.about')} />
      <ReasonGroups key={round} query={query} mayRetry={maySeeItems} onRetried={pages.again} />
      {maySeeItems && <LikeErrorGroups onMended={changed} />}
      {pages.refused !== undefined && <Problem refused={pages.refused} again={pages.again} />}
      {maySeeItems && (
        <Panel
          title={t('quarantine.items')}
          flush
          aside={
            <Select
              size="small"
              aria-label={t('quarantine.room')}
              className="quarantine-room"
              placeholder={t('quarantine.any-room')}
              allowClear
              value={query.room ?? null}
              onChange={(value) => setRoom(value ?? undefined)}
              options={roomNames.map((value) => ({ value, label: t(`room.${value}`) }))}
            />
          }
        >
          <AdaptiveTable<QuarantineRow>
            label={t('quarantine.items')}
            columns={quarantineColumns(words)}
            rows={pages.items}
            rowKey={(row) => row.id}
            loading={pages.loading}
            empty={t('quarantine.empty')}
            more={pages.more}
          />
        </Panel>
      )}
    </div>
  )
}
