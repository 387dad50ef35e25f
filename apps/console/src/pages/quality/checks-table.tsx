/** The checks of a run against their thresholds: those that fail first. */
import { routeTo } from '../../route/route.ts'
import { AdaptiveTable } from '../../show/adaptive-table.tsx'
import { Tag, type Tone } from '../../show/tag.tsx'
import { useWords } from '../../words/words.tsx'
import { type CheckRow, percent, type QualityReport } from './quality-documents.ts'

const tones: Readonly<Record<CheckRow['state'], Tone>> = { failed: 'bad', passed: 'good', empty: 'plain' }
const order = { failed: 0, passed: 1, empty: 2 } as const

/** A row leads to the check. */
export function ChecksTable({ report }: { report: QualityReport }) {
  const { t, say, count } = useWords()
  const rows = report.checks.toSorted(
    (a, b) => order[a.state] - order[b.state] || (b.share ?? 0) - (a.share ?? 0),
  )
  return (
    <AdaptiveTable<CheckRow>
      label={t('quality.checks')}
      rows={rows}
      rowKey={({ id }) => id}
      loading={false}
      empty={t('quality.empty')}
      columns={[
        {
          key: 'title',
          title: t('quality.check'),
          lead: true,
          wrap: true,
          render: (row) => (
            <a className="check-link" href={routeTo('quality', [row.id], { run: String(report.run) })}>
              {say(row.titles)}
            </a>
          ),
        },
        {
          key: 'state',
          title: t('quality.state'),
          lead: true,
          render: (row) => <Tag tone={tones[row.state]}>{t(`quality.state-${row.state}`)}</Tag>,
        },
        {
          key: 'category',
          title: t('quality.category'),
          render: (row) => t(`quality.${row.category as 'conformance' | 'completeness' | 'plausibility'}`),
        },
        {
          key: 'failed',
          title: t('quality.failed'),
          align: 'right',
          render: (row) => <span className="num">{`${count(row.failed)} / ${count(row.counted)}`}</span>,
        },
        {
          key: 'share',
          title: t('quality.share'),
          align: 'right',
          render: (row) => <span className="num">{percent(row.share)}</span>,
        },
        {
          key: 'threshold',
          title: t('quality.threshold'),
          align: 'right',
          render: (row) => <span className="num">{`${row.threshold} %`}</span>,
        },
      ]}
    />
  )
}
