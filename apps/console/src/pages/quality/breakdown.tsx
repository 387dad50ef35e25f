/** What fails by department, source or month, as bars. */
import { Segmented } from 'antd'
import { useState } from 'react'
import { useAnswer } from '../../api/use-answer.ts'
import { Panel } from '../../show/panel.tsx'
import { useWords } from '../../words/words.tsx'
import { percent, type QualityReport } from './quality-documents.ts'

const dimensions = ['department', 'source', 'period'] as const

/** Of all checks, or of one. */
export function Breakdown({ run, check }: { run: number; check?: string }) {
  const { t, count } = useWords()
  const [by, setBy] = useState<(typeof dimensions)[number]>('department')
  const only = check === undefined ? '' : `&check=${encodeURIComponent(check)}`
  const { value } = useAnswer<QualityReport>(`/api/quality/runs/${run}?by=${by}${only}`)
  const items = (value?.items ?? []).toSorted((a, b) => (b.share ?? 0) - (a.share ?? 0))
  const options = dimensions.map((name) => ({ value: name, label: t(`quality.by-${name}`) }))
  return (
    <Panel
      title={t('quality.breakdown')}
      aside={<Segmented size="small" value={by} onChange={setBy} options={options} />}
    >
      <ul className="bars" aria-label={t('quality.breakdown')}>
        {items.map((item) => (
          <li key={item.value}>
            <span className="bar-name">{item.value === '' ? t('quality.not-said') : item.value}</span>
            <span className="bar-track" aria-hidden="true">
              <i style={{ width: `${Math.max(0.5, (item.share ?? 0) * 100)}%` }} />
            </span>
            <span className="num bar-value">{percent(item.share)}</span>
            <span className="num quiet bar-count">{`${count(item.failed)} / ${count(item.counted)}`}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
