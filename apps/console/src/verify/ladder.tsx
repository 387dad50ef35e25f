/** The rungs of a verification, each with what it proved, and the verdict with its witnesses. */
import { Icon } from '../show/icon.tsx'
import { useWords } from '../words/words.tsx'
import './ladder.css'
import type { Verification } from './verify-here.ts'

/** A failed rung is the last one: nothing after it was tried. */
export function Ladder({ verification }: { verification: Verification }) {
  const { t, say } = useWords()
  const { proof, tookMs, withRecord } = verification
  return (
    <div className="ladder">
      <p className={proof.verified ? 'verdict verdict-good' : 'verdict verdict-bad'}>
        <Icon name={proof.verified ? 'check' : 'cross'} />
        <span>
          <b>{say(proof.summary)}</b>
          <span className="quiet num">
            {' '}
            {t('receipt.took', { n: tookMs })}
            {withRecord && proof.verified && ` · ${t('receipt.with-record')}`}
          </span>
        </span>
      </p>
      <ol className="rungs" aria-label={t('receipt.rungs')}>
        {proof.rungs.map((rung) => (
          <li key={rung.name} className={rung.ok ? 'rung' : 'rung rung-failed'}>
            <Icon name={rung.ok ? 'check' : 'cross'} size={14} />
            <b>{t(`rung.${rung.name}`)}</b>
            <span>
              {say(rung.proved)}
              {rung.refusal !== undefined && <span className="mono quiet"> {rung.refusal.code}</span>}
            </span>
          </li>
        ))}
      </ol>
      {proof.verified && <p className="quiet ladder-note">{t('receipt.own-anchor')}</p>}
    </div>
  )
}
