/** The validators: who signed the last blocks, who is late or down, and where consensus is. Kept fresh while it is looked at. */
import type { ValidatorRow, ValidatorsDocument } from '../../api/consortium-documents.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { useEvery } from '../../api/use-every.ts'
import { useMembers } from '../../api/use-members.ts'
import { PageHead } from '../../show/page-head.tsx'
import { Panel } from '../../show/panel.tsx'
import { Problem } from '../../show/problem.tsx'
import { Tag, type Tone } from '../../show/tag.tsx'
import { useWords } from '../../words/words.tsx'
import { Consensus } from './consensus.tsx'
import { SigningStrip } from './signing-strip.tsx'
import './validators.css'

/** As this node sees it; another member may see another moment. */
export function ValidatorsPage() {
  const { t } = useWords()
  const { value, refused, again } = useAnswer<ValidatorsDocument>('/api/validators')
  const { name } = useMembers()
  useEvery(3_000, again)
  return (
    <div className="page">
      <PageHead title={t('page.validators')} about={t('validators.about')} />
      {refused !== undefined && <Problem refused={refused} again={again} />}
      {value !== undefined && <Consensus standing={value} />}
      {value !== undefined && (
        <Panel title={t('validators.signed-title')} aside={<Key />} flush>
          <ul className="validators">
            {value.items.map((row) => (
              <Row key={row.address} row={row} name={name(row.organisation)} window={value.window} />
            ))}
          </ul>
          <p className="quiet validators-note">{t('validators.gaps')}</p>
        </Panel>
      )}
    </div>
  )
}

function Key() {
  const { t } = useWords()
  return (
    <span className="strip-key">
      <span>
        <i className="strip-signed" /> {t('validators.signed')}
      </span>
      <span>
        <i className="strip-nil" /> {t('validators.nil')}
      </span>
      <span>
        <i className="strip-missed" /> {t('validators.missed')}
      </span>
    </span>
  )
}

const tones: Readonly<Record<ValidatorRow['state'], Tone>> = {
  signing: 'good',
  late: 'warn',
  down: 'bad',
  unknown: 'plain',
}

interface RowProps {
  readonly row: ValidatorRow
  readonly name: string
  readonly window: ValidatorsDocument['window']
}

function Row({ row, name, window }: RowProps) {
  const { t } = useWords()
  const seen = row.signed.replaceAll('-', '')
  const signed = row.signed.replaceAll(/[^s]/g, '').length
  return (
    <li className="validator">
      <div className="validator-head">
        <b>{name}</b>
        {row.isOwn && <Tag tone="ledger">{t('members.own')}</Tag>}
        <Tag tone={tones[row.state]}>{t(`validator-state.${row.state}`)}</Tag>
        {row.isConnected === false && <Tag tone="warn">{t('validators.not-connected')}</Tag>}
      </div>
      <SigningStrip
        signed={row.signed}
        label={t('validators.strip', { name, n: signed, of: seen.length, from: window.from, to: window.to })}
      />
      <p className="quiet num validator-foot">
        <span>{t('validators.signed-n', { n: signed, of: seen.length })}</span>
        <span>{t('validators.proposed-n', { n: row.proposed })}</span>
        {row.state !== 'signing' && row.lastSigned !== undefined && (
          <span>{t('validators.last-signed', { n: row.lastSigned })}</span>
        )}
      </p>
    </li>
  )
}
