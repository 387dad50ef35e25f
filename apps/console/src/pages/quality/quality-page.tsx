/** Data quality: scores by category, checks against thresholds, trends, where it fails; one check with the records behind it. */
import { App, Button, Select } from 'antd'
import { useState } from 'react'
import { useSession } from '../../api/session.tsx'
import { useAnswer } from '../../api/use-answer.ts'
import { routeTo } from '../../route/route.ts'
import { PageHead } from '../../show/page-head.tsx'
import { Panel } from '../../show/panel.tsx'
import { Problem } from '../../show/problem.tsx'
import { localTime } from '../../show/when.tsx'
import { useWords } from '../../words/words.tsx'
import { Breakdown } from './breakdown.tsx'
import { CheckPanel } from './check-panel.tsx'
import { ChecksTable } from './checks-table.tsx'
import type { QualityReport, QualityRunRow, TrendPoint } from './quality-documents.ts'
import { Measures, Scores } from './scores.tsx'
import { TrendLine } from './trend-line.tsx'
import './quality.css'

/** The newest run unless the address names another; with a check, that check alone. */
export function QualityPage({ check, run: asked }: { check?: string | undefined; run?: string | undefined }) {
  const { t } = useWords()
  const runs = useAnswer<{ items: QualityRunRow[] }>('/api/quality/runs')
  const run = asked ?? runs.value?.items[0]?.run
  const report = useAnswer<QualityReport>(run === undefined ? undefined : `/api/quality/runs/${run}`)
  const again = () => {
    runs.again()
    report.again()
  }
  const refused = runs.refused ?? report.refused
  const row = report.value?.checks.find(({ id }) => id === check)
  return (
    <div className="page quality">
      <PageHead
        title={t('page.quality')}
        about={t('quality.about')}
        extra={<Actions runs={runs.value?.items ?? []} run={report.value?.run} again={again} />}
      />
      {refused !== undefined && <Problem refused={refused} again={again} />}
      {runs.value?.items.length === 0 && <p className="panel quality-empty">{t('quality.empty')}</p>}
      {report.value !== undefined && row === undefined && <Overview report={report.value} />}
      {report.value !== undefined && row !== undefined && (
        <CheckPanel key={row.id} run={report.value.run} row={row} again={report.again} />
      )}
    </div>
  )
}

function Overview({ report }: { report: QualityReport }) {
  const { t } = useWords()
  const trend = useAnswer<{ items: TrendPoint[] }>('/api/quality/trend')
  return (
    <>
      <Scores report={report} />
      <div className="quality-pair">
        <Panel title={t('quality.trend')} aside={t('quality.trend-about')}>
          <TrendLine points={trend.value?.items ?? []} label={t('quality.trend')} />
        </Panel>
        <Breakdown run={report.run} />
      </div>
      <Panel title={t('quality.checks')} flush>
        <ChecksTable report={report} />
      </Panel>
      <Measures report={report} />
    </>
  )
}

interface ActionsProps {
  readonly runs: readonly QualityRunRow[]
  readonly run: number | undefined
  again(): void
}

/** Choosing a run, starting one, the file and the print view. */
function Actions({ runs, run, again }: ActionsProps) {
  const { t, say } = useWords()
  const { client, session } = useSession()
  const { message } = App.useApp()
  const [isRunning, setRunning] = useState(false)
  const role = session?.person.role
  const start = async () => {
    setRunning(true)
    const answer = await client.post<QualityReport>('/api/quality/runs', {})
    setRunning(false)
    if (!answer.ok) return void message.error(say(answer.refused.message))
    location.hash = routeTo('quality')
    again()
  }
  return (
    <div className="quality-actions">
      {run !== undefined && (
        <>
          <Select
            aria-label={t('quality.run')}
            value={run}
            onChange={(next) => {
              location.hash = routeTo('quality', [], { run: String(next) })
            }}
            options={runs.map((one) => ({ value: one.run, label: runLabel(one) }))}
          />
          <Button href={`/api/quality/runs/${run}/csv`}>CSV</Button>
          <Button onClick={() => print()}>{t('quality.print')}</Button>
        </>
      )}
      {(role === 'administrator' || role === 'clerk') && (
        <Button type="primary" onClick={start} loading={isRunning}>
          {t('quality.start')}
        </Button>
      )}
    </div>
  )
}

function runLabel({ run, finishedTime, scope }: QualityRunRow): string {
  return [`#${run}`, localTime(finishedTime), ...Object.values(scope)].join(' · ')
}
