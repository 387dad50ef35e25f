/** The grouper: which payment group an episode falls in by the chosen tables, step by step, and what would change it. */
import { Alert, Select } from 'antd'
import { useState } from 'react'
import type { Refused } from '../../api/answer.ts'
import { useSession } from '../../api/session.tsx'
import { useAnswer } from '../../api/use-answer.ts'
import { Labelled } from '../../show/labelled.tsx'
import { PageHead } from '../../show/page-head.tsx'
import { Panel } from '../../show/panel.tsx'
import { Problem } from '../../show/problem.tsx'
import { useWords } from '../../words/words.tsx'
import { AlternativesPanel } from './alternatives-panel.tsx'
import { CodesPanel } from './codes-panel.tsx'
import { EpisodeForm } from './episode-form.tsx'
import './grouper.css'
import type { GrouperItem, GrouperQuestion, GroupingAnswer } from './grouper-documents.ts'
import { GroupingLadder } from './grouping-ladder.tsx'

/** Nothing that is typed here is kept. */
export function GrouperPage() {
  const { t } = useWords()
  const { client } = useSession()
  const held = useAnswer<{ readonly items: readonly GrouperItem[] }>('/api/groupers')
  const [chosen, setChosen] = useState<string>()
  const [chosenYear, setYear] = useState<string>()
  const [answer, setAnswer] = useState<GroupingAnswer>()
  const [refused, setRefused] = useState<Refused>()
  // Of an id the newest version comes last; imported tables go before those that ship.
  const items = [...new Map((held.value?.items ?? []).map((item) => [item.id, item])).values()]
  const tables =
    items.find(({ id }) => id === chosen) ?? items.findLast(({ isShipped }) => !isShipped) ?? items.at(-1)
  const years = tables?.years ?? []
  const year = chosenYear !== undefined && years.includes(chosenYear) ? chosenYear : years.at(-1)

  const ask = async (question: GrouperQuestion) => {
    const by = {
      ...(tables === undefined ? {} : { tables: tables.id }),
      ...(year === undefined ? {} : { year }),
    }
    const got = await client.post<GroupingAnswer>('/api/groupers/group', { ...by, ...question })
    setRefused(got.ok ? undefined : got.refused)
    setAnswer(got.ok ? got.value : undefined)
  }
  const choices = (
    <TableChoice items={items} tables={tables} year={year} onTables={setChosen} onYear={setYear} />
  )

  return (
    <div className="page">
      <PageHead title={t('page.grouper')} about={t('grouper.about')} />
      {held.refused !== undefined && <Problem refused={held.refused} again={held.again} />}
      <Panel title={t('grouper.episode')}>
        <EpisodeForm tables={choices} onAsk={(question) => void ask(question)} />
      </Panel>
      {refused !== undefined && <Problem refused={refused} />}
      {answer !== undefined && <Outcome answer={answer} />}
    </div>
  )
}

interface Choice {
  readonly items: readonly GrouperItem[]
  readonly tables: GrouperItem | undefined
  readonly year: string | undefined
  onTables(id: string): void
  onYear(year: string): void
}

function TableChoice({ items, tables, year, onTables, onYear }: Choice) {
  const { t, say } = useWords()
  const titled = ({ titles, version, isShipped }: GrouperItem) =>
    `${say(titles)} · ${version} · ${t(isShipped ? 'grouper.shipped' : 'grouper.imported')}`
  return (
    <>
      <Labelled name={t('grouper.tables')}>
        {(id) => (
          <Select
            id={id}
            value={tables?.id ?? null}
            onChange={onTables}
            options={items.map((item) => ({ value: item.id, label: titled(item) }))}
          />
        )}
      </Labelled>
      <Labelled name={t('grouper.year')}>
        {(id) => (
          <Select
            id={id}
            value={year ?? null}
            onChange={onYear}
            options={(tables?.years ?? []).map((value) => ({ value, label: value }))}
          />
        )}
      </Labelled>
    </>
  )
}

function Outcome({ answer }: { answer: GroupingAnswer }) {
  const { t, say } = useWords()
  const { group, adrg, weight, year, tables, steps, warnings, alternatives } = answer
  return (
    <>
      {warnings.length > 0 && (
        <Alert
          type="warning"
          showIcon
          className="grouper-warnings"
          title={t('grouper.warnings')}
          description={
            <ul>
              {warnings.map(({ code, subject, text }) => (
                <li key={`${code} ${subject}`}>
                  {say(text)} <span className="mono quiet">{code}</span>
                </li>
              ))}
            </ul>
          }
        />
      )}
      <div className="grouper-outcome">
        <Panel
          title={t('grouper.ladder')}
          aside={<span className="mono">{`${tables.id} ${tables.version}`}</span>}
        >
          <p className="grouper-group">
            <b className="mono">{group ?? adrg ?? t('grouper.no-group')}</b>
            {weight !== undefined && <span>{t('grouper.weight-in', { weight, year: year ?? '' })}</span>}
          </p>
          <GroupingLadder steps={steps} />
        </Panel>
        <AlternativesPanel alternatives={alternatives} />
      </div>
      <CodesPanel answer={answer} />
    </>
  )
}
