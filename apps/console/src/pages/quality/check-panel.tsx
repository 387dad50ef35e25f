/** One check: what it counts, how to mend it, its trend, where it fails, and the records behind it. */
import { App, Button, InputNumber } from 'antd'
import { useState } from 'react'
import { useSession } from '../../api/session.tsx'
import { useAnswer } from '../../api/use-answer.ts'
import { usePages } from '../../api/use-pages.ts'
import { routeTo } from '../../route/route.ts'
import { AdaptiveTable } from '../../show/adaptive-table.tsx'
import { Pair, Pairs } from '../../show/pairs.tsx'
import { Panel } from '../../show/panel.tsx'
import { useWords } from '../../words/words.tsx'
import { Breakdown } from './breakdown.tsx'
import { type CheckRow, type FailedRecord, percent, type TrendPoint } from './quality-documents.ts'
import { TrendLine } from './trend-line.tsx'

interface Props {
  readonly run: number
  readonly row: CheckRow
  /** After the threshold was changed. */
  again(): void
}

/** Everything about one check of a run. */
export function CheckPanel({ run, row, again }: Props) {
  const { t, say, count } = useWords()
  const { session } = useSession()
  const id = encodeURIComponent(row.id)
  const trend = useAnswer<{ items: TrendPoint[] }>(`/api/quality/trend?check=${id}`)
  const role = session?.person.role
  return (
    <>
      <Panel
        title={say(row.titles)}
        aside={<a href={routeTo('quality', [], { run: String(run) })}>{t('quality.all-checks')}</a>}
      >
        <Pairs>
          <Pair name={t('quality.check')}>
            <span className="mono">{`${row.id} · ${row.type}`}</span>
          </Pair>
          <Pair name={t('quality.failed')}>
            {`${count(row.failed)} / ${count(row.counted)} ${t(`quality.unit-${unitKey(row.unit)}`)} · ${percent(row.share)}`}
          </Pair>
          <Pair name={t('quality.mend')}>{say(row.hint)}</Pair>
          <Pair name={t('quality.threshold')}>
            {role === 'administrator' ? (
              <Threshold key={row.threshold} row={row} again={again} />
            ) : (
              `${row.threshold} %`
            )}
          </Pair>
        </Pairs>
      </Panel>
      <Panel title={t('quality.trend')}>
        <TrendLine points={trend.value?.items ?? []} label={t('quality.trend')} />
      </Panel>
      <Breakdown run={run} check={row.id} />
      {role !== 'auditor' && <Failures run={run} check={row.id} />}
    </>
  )
}

function unitKey(unit: string): 'record' | 'person' | 'organisation' | 'value' {
  return unit === 'record' || unit === 'person' || unit === 'organisation' ? unit : 'value'
}

function Threshold({ row, again }: { row: CheckRow; again(): void }) {
  const { t } = useWords()
  const { client } = useSession()
  const { message } = App.useApp()
  const [percentage, setPercentage] = useState(row.threshold)
  const save = async () => {
    const answer = await client.post('/api/quality/thresholds', { check: row.id, percent: percentage })
    if (!answer.ok) return
    message.success(t('quality.threshold-kept'))
    again()
  }
  return (
    <span className="threshold">
      <InputNumber
        size="small"
        min={0}
        max={100}
        value={percentage}
        suffix="%"
        aria-label={t('quality.threshold')}
        onChange={(next) => setPercentage(next ?? row.threshold)}
      />
      <Button size="small" onClick={save} disabled={percentage === row.threshold}>
        {t('quality.keep')}
      </Button>
    </span>
  )
}

function Failures({ run, check }: { run: number; check: string }) {
  const { t } = useWords()
  const path = `/api/quality/runs/${run}/failures?check=${encodeURIComponent(check)}`
  const { items, loading, more } = usePages<FailedRecord>(path)
  return (
    <Panel title={t('quality.records')} flush>
      <AdaptiveTable<FailedRecord>
        label={t('quality.records')}
        rows={items}
        rowKey={({ type, id }) => `${type}/${id}`}
        loading={loading}
        empty={t('quality.no-records')}
        more={more}
        columns={[
          {
            key: 'record',
            title: t('quality.record'),
            lead: true,
            render: ({ type, id }) => (
              <a className="record-link mono" href={routeTo('records', [type, id])}>
                {`${type} ${id.slice(0, 12)}…`}
              </a>
            ),
          },
          {
            key: 'department',
            title: t('quality.by-department'),
            render: ({ department }) => department || t('quality.not-said'),
          },
        ]}
      />
    </Panel>
  )
}
