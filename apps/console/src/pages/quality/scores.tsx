/** The scores by category, and what is measured besides the checks. */
import { routeTo } from '../../route/route.ts'
import { Hash } from '../../show/hash.tsx'
import { Pair, Pairs } from '../../show/pairs.tsx'
import { Panel } from '../../show/panel.tsx'
import { useWords } from '../../words/words.tsx'
import { percent, type QualityReport } from './quality-documents.ts'

/** One tile for each of Kahn's categories, and the share entered by hand. */
export function Scores({ report }: { report: QualityReport }) {
  const { t } = useWords()
  return (
    <ul className="scores">
      {report.categories.map(({ category, passed, judged, share }) => (
        <li key={category} className="panel score">
          <h2>{t(`quality.${category as 'conformance' | 'completeness' | 'plausibility'}`)}</h2>
          <b className="num">{percent(share)}</b>
          <span className="quiet">{t('quality.passed-of', { n: passed, of: judged })}</span>
        </li>
      ))}
      <li className="panel score">
        <h2>{t('quality.manual')}</h2>
        <b className="num">{percent(report.manualEntryRatio)}</b>
        <span className="quiet">{t('quality.manual-about')}</span>
      </li>
    </ul>
  )
}

/** Lag, frequent edits, and by which rules it was counted. */
export function Measures({ report }: { report: QualityReport }) {
  const { t } = useWords()
  const { anchorLag, frequentEdits } = report.measures
  const lag =
    anchorLag === null
      ? '–'
      : `p50 ${anchorLag.p50.toFixed(1)} s · p95 ${anchorLag.p95.toFixed(1)} s · p99 ${anchorLag.p99.toFixed(1)} s`
  return (
    <Panel title={t('quality.measures')}>
      <Pairs>
        <Pair name={t('quality.looked-at')}>
          {t('quality.looked-at-n', { persons: report.persons, records: report.records })}
        </Pair>
        <Pair name={t('quality.lag')}>
          <span className="num">{lag}</span>
        </Pair>
        <Pair name={t('quality.edits')}>
          {frequentEdits.length === 0 ? (
            t('quality.no-edits')
          ) : (
            <ul>
              {frequentEdits.slice(0, 20).map(({ type, id, path, edits }) => (
                <li key={`${type}/${id}${path}`}>
                  <a className="mono" href={routeTo('records', [type, id])}>{`${type}${path}`}</a>{' '}
                  {t('quality.edits-n', { n: edits })}
                </li>
              ))}
            </ul>
          )}
        </Pair>
        <Pair name={t('quality.rules')}>
          {report.rulesId} · <Hash value={report.rulesHash} />
        </Pair>
      </Pairs>
    </Panel>
  )
}
