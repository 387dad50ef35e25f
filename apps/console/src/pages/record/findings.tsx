/** Findings of a version: as it was judged when it was taken in, which is kept; and, when asked, by the rules of today. */
import { Button } from 'antd'
import { useState } from 'react'
import type { Finding, TodaysJudgement, VersionDocument } from '../../api/documents.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { Hash } from '../../show/hash.tsx'
import { Icon } from '../../show/icon.tsx'
import { Pair, Pairs } from '../../show/pairs.tsx'
import { Panel } from '../../show/panel.tsx'
import { placeName } from '../../show/place-name.ts'
import { Problem } from '../../show/problem.tsx'
import { Tag, type Tone } from '../../show/tag.tsx'
import { useWords } from '../../words/words.tsx'

const tones: Readonly<Record<Finding['severity'], Tone>> = {
  error: 'bad',
  warning: 'warn',
  information: 'plain',
}

/** Nothing for an erased version: its judgement went with its content. */
export function Findings({ version }: { version: VersionDocument }) {
  const { t } = useWords()
  if (version.state === 'erased') return null
  return (
    <>
      <Panel title={t('record.judged-then')}>
        <WhenTakenIn version={version} />
      </Panel>
      {version.operation !== 'delete' && <Today version={version} />}
    </>
  )
}

function WhenTakenIn({ version: { takenIn } }: { version: VersionDocument }) {
  const { t } = useWords()
  if (takenIn === undefined) return <p className="quiet">{t('record.not-judged')}</p>
  const { profile, standardsSetHash, findings, conversion, left } = takenIn
  return (
    <div className="judgement">
      <JudgedBy profile={profile} standardsSetHash={standardsSetHash} />
      {findings.length + conversion.length === 0 && <p className="quiet">{t('record.none-then')}</p>}
      <FindingList findings={findings} />
      {conversion.length > 0 && (
        <>
          <h3 className="judgement-part">{t('record.of-delivery')}</h3>
          <FindingList findings={conversion} />
        </>
      )}
      {left > 0 && <p className="quiet">{t('record.findings-left', { n: left })}</p>}
    </div>
  )
}

/** Asked for, never shown by itself: it is another judgement than the one the record was taken in by. */
function Today({ version }: { version: VersionDocument }) {
  const { t } = useWords()
  const [asked, setAsked] = useState(false)
  if (!asked)
    return (
      <div className="judge-again">
        <Button icon={<Icon name="again" size={14} />} onClick={() => setAsked(true)}>
          {t('record.judge-again')}
        </Button>
      </div>
    )
  return (
    <Panel
      title={t('record.judged-today')}
      aside={
        <Button size="small" type="text" onClick={() => setAsked(false)}>
          {t('record.judge-hide')}
        </Button>
      }
    >
      <TodaysFindings version={version} />
    </Panel>
  )
}

function TodaysFindings({ version }: { version: VersionDocument }) {
  const { t } = useWords()
  const { type, id, version: number, standardsSetHash } = version
  const path = `/api/records/${encodeURIComponent(type)}/${encodeURIComponent(id)}/${number}/judgement`
  const { value, refused, again } = useAnswer<TodaysJudgement>(path)
  if (refused !== undefined) return <Problem refused={refused} again={again} />
  if (value === undefined) return <p className="quiet">…</p>
  const isSame = value.standardsSetHash === standardsSetHash
  return (
    <div className="judgement" aria-live="polite">
      <JudgedBy
        profile={value.profile}
        standardsSetHash={value.standardsSetHash}
        note={t(isSame ? 'record.standards-same' : 'record.standards-other')}
      />
      {value.findings.length === 0 && <p className="quiet">{t('record.no-findings')}</p>}
      <FindingList findings={value.findings} />
      <p className="quiet">{t('record.not-kept')}</p>
    </div>
  )
}

function JudgedBy({
  profile,
  standardsSetHash,
  note,
}: {
  profile: string
  standardsSetHash: string
  note?: string
}) {
  const { t } = useWords()
  return (
    <Pairs>
      <Pair name={t('record.by-profile')}>
        <span className="mono">{profile}</span>
      </Pair>
      <Pair name={t('record.standards')}>
        <Hash value={standardsSetHash} keep={6} />
        {note !== undefined && <span className="quiet"> {note}</span>}
      </Pair>
    </Pairs>
  )
}

/** Findings as a list; quarantine uses it too. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  const words = useWords()
  const { t, say } = words
  if (findings.length === 0) return null
  return (
    <ul className="findings">
      {findings.map((finding) => (
        <li key={`${finding.code} ${finding.path}`}>
          <Tag tone={tones[finding.severity]}>{t(`severity.${finding.severity}`)}</Tag>
          <div>
            <div className="mono quiet">{placeName(finding.path, words)}</div>
            <div>{say(finding.message)}</div>
            <div className="quiet">{say(finding.hint)}</div>
          </div>
        </li>
      ))}
    </ul>
  )
}
