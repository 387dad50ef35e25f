/** The way of an episode to its group, rung by rung: first chapters, chapter, ADRG, complications, group. */
import { Icon, type IconName } from '../../show/icon.tsx'
import { useWords } from '../../words/words.tsx'
import type { GroupingStep } from './grouper-documents.ts'

const rungs = [
  ['first', ['first-chapter']],
  ['chapter', ['chapter']],
  ['adrg', ['adrg']],
  ['complication', ['complication']],
  ['group', ['group', 'weight']],
] as const satisfies readonly (readonly [string, readonly GroupingStep['step'][]])[]

const icons: Readonly<Record<GroupingStep['outcome'], IconName>> = {
  taken: 'check',
  passed: 'dash',
  unknown: 'quarantine',
}

/** In the order of the rules; a rung without steps was not reached. */
export function GroupingLadder({ steps }: { steps: readonly GroupingStep[] }) {
  const { t } = useWords()
  return (
    <ol className="grouping-rungs">
      {rungs.map(([name, kinds]) => {
        const own = steps.filter(({ step }) => (kinds as readonly string[]).includes(step))
        const decided = own.find(({ outcome }) => outcome === 'taken')
        return (
          <li
            key={name}
            className={decided === undefined ? 'grouping-rung' : 'grouping-rung grouping-rung-taken'}
          >
            <div className="grouping-rung-head">
              <h3>{t(`grouper.rung-${name}`)}</h3>
              {decided !== undefined && <b className="mono">{decided.subject}</b>}
            </div>
            {own.length === 0 ? (
              <p className="quiet">{t(`grouper.bare-${name}`)}</p>
            ) : (
              <ul>
                {own.map((step) => (
                  <Step key={`${step.step} ${step.subject} ${step.codes.join(' ')}`} step={step} />
                ))}
              </ul>
            )}
          </li>
        )
      })}
    </ol>
  )
}

function Step({ step: { outcome, text } }: { step: GroupingStep }) {
  const { t, say } = useWords()
  return (
    <li className={`grouping-step grouping-step-${outcome}`}>
      <Icon name={icons[outcome]} size={14} />
      <span>
        <span className="unseen">{t(`grouper.outcome-${outcome}`)} </span>
        {say(text)}
      </span>
    </li>
  )
}
