/** Findings of the newest version, as the rules of its source judge it now: where, what, and how to mend it. */
import type { Finding, RecordDocument } from '../../api/documents.ts'
import { Panel } from '../../show/panel.tsx'
import { Tag, type Tone } from '../../show/tag.tsx'
import { useWords } from '../../words/words.tsx'

const tones: Readonly<Record<Finding['severity'], Tone>> = {
  error: 'bad',
  warning: 'warn',
  information: 'plain',
}

/** The list, or a word that there are none. */
export function Findings({ record }: { record: RecordDocument }) {
  const { t } = useWords()
  if (record.judged === undefined) return null
  const { profile, findings } = record.judged
  return (
    <Panel title={t('record.findings')} aside={t('record.profile', { profile })}>
      {findings.length === 0 ? (
        <p className="quiet">{t('record.no-findings')}</p>
      ) : (
        <FindingList findings={findings} />
      )}
    </Panel>
  )
}

/** Findings as a list; quarantine uses it too. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  const { t, say } = useWords()
  return (
    <ul className="findings">
      {findings.map((finding) => (
        <li key={`${finding.code} ${finding.path}`}>
          <Tag tone={tones[finding.severity]}>{t(`severity.${finding.severity}`)}</Tag>
          <div>
            <div className="mono quiet">{finding.path}</div>
            <div>{say(finding.message)}</div>
            <div className="quiet">{say(finding.hint)}</div>
          </div>
        </li>
      ))}
    </ul>
  )
}
