/** Clinical code, insurance code and group of the same thing beside each other. */
import { AdaptiveTable } from '../../show/adaptive-table.tsx'
import { Panel } from '../../show/panel.tsx'
import { Tag } from '../../show/tag.tsx'
import { useWords } from '../../words/words.tsx'
import type { CodeSides, GroupingAnswer } from './grouper-documents.ts'

/** In the order of the episode: the main diagnosis first. */
export function CodesPanel({ answer }: { answer: GroupingAnswer }) {
  const { t } = useWords()
  const { codes, names = {}, adrg, group } = answer
  return (
    <Panel title={t('grouper.codes')} aside={t('grouper.codes-about')} flush className="grouper-codes">
      <AdaptiveTable<CodeSides>
        label={t('grouper.codes')}
        rowKey={({ role, clinical, insurance }) => `${role} ${clinical} ${insurance}`}
        rows={codes}
        loading={false}
        empty={t('grouper.no-codes')}
        columns={[
          {
            key: 'role',
            title: t('grouper.role'),
            lead: true,
            render: ({ role }) => t(`grouper.role-${role}`),
          },
          {
            key: 'clinical',
            title: t('grouper.clinical'),
            render: ({ clinical }) => <span className="mono">{clinical ?? '—'}</span>,
          },
          {
            key: 'insurance',
            title: t('grouper.insurance'),
            wrap: true,
            render: ({ insurance }) => (
              <>
                <span className="mono">{insurance ?? '—'}</span>{' '}
                <span className="quiet">{names[insurance ?? ''] ?? ''}</span>
              </>
            ),
          },
          {
            key: 'by',
            title: t('grouper.by'),
            render: ({ by }) => <Tag tone={by === 'none' ? 'bad' : 'plain'}>{t(`grouper.by-${by}`)}</Tag>,
          },
          {
            key: 'adrgs',
            title: t('grouper.leads-to'),
            wrap: true,
            render: ({ adrgs }) => <LeadsTo adrgs={adrgs} taken={adrg} group={group} />,
          },
        ]}
      />
    </Panel>
  )
}

interface Leads {
  readonly adrgs: readonly string[]
  readonly taken: string | undefined
  readonly group: string | undefined
}

/** Every ADRG of the code; the one that the episode took with its group. */
function LeadsTo({ adrgs, taken, group }: Leads) {
  const { t } = useWords()
  if (adrgs.length === 0) return <span className="quiet">{t('grouper.leads-nowhere')}</span>
  return adrgs.map((adrg) => (
    <span key={adrg} className="mono grouper-adrg">
      {adrg === taken && group !== undefined ? <b>{`${adrg} → ${group}`}</b> : adrg}
    </span>
  ))
}
