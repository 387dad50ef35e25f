/** What a trial showed: counts, reasons, and each row with its records or with what refused it. */
import { Collapse } from 'antd'
import { Panel } from '../../show/panel.tsx'
import { Tag } from '../../show/tag.tsx'
import { useWords } from '../../words/words.tsx'
import type { Tried, TriedRow } from './mapping-documents.ts'

/** Rows in the order of the file. */
export function TriedRows({ tried }: { tried: Tried }) {
  const { t } = useWords()
  const { rows = [], total = 0, refused = 0, reasons = [], isCut = false } = tried
  return (
    <Panel
      title={t('mappings.rows')}
      aside={t(isCut ? 'mappings.cut' : 'mappings.counts', { total, refused })}
    >
      {reasons.length > 0 && (
        <ul className="mapping-reasons" aria-label={t('mappings.reasons')}>
          {reasons.map(({ code, count }) => (
            <li key={code}>
              <span className="mono">{code}</span> · {t('mappings.reason-count', { n: count })}
            </li>
          ))}
        </ul>
      )}
      <Collapse
        size="small"
        items={rows.map((row) => ({
          key: row.line,
          label: <RowHead row={row} />,
          children: <RowBody row={row} />,
        }))}
      />
    </Panel>
  )
}

function RowHead({ row }: { row: TriedRow }) {
  const { t } = useWords()
  return (
    <span className="mapping-row-head">
      {t('mappings.row', { n: row.line })}
      {row.refusal === undefined ? (
        <Tag tone="good">{t('mappings.records', { n: row.records.length })}</Tag>
      ) : (
        <>
          <Tag tone="bad">{t('mappings.refused')}</Tag> <span className="mono">{row.refusal.code}</span>
        </>
      )}
    </span>
  )
}

function RowBody({ row }: { row: TriedRow }) {
  const { say } = useWords()
  return (
    <>
      {row.findings.length > 0 && (
        <ul className="mapping-findings">
          {row.findings.map(({ code, path, message, hint }) => (
            <li key={`${code} ${path}`}>
              <b>{path}</b> {say(message)} <span className="quiet">{say(hint)}</span>
            </li>
          ))}
        </ul>
      )}
      {row.records.map((text) => (
        <pre key={text} className="mapping-record">
          {JSON.stringify(JSON.parse(text), undefined, 2)}
        </pre>
      ))}
    </>
  )
}
