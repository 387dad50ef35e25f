/** The episode to be grouped: typed code by code, or an encounter of the own records by its id. */
import { Button, Input, InputNumber, Segmented } from 'antd'
import { type FormEvent, type ReactNode, useState } from 'react'
import { AgeField, ageInDays, unknownAge } from '../../show/age-field.tsx'
import { codesIn } from '../../show/code-list.ts'
import { Labelled } from '../../show/labelled.tsx'
import { type Sex, SexField } from '../../show/sex-field.tsx'
import { useWords } from '../../words/words.tsx'
import type { GrouperQuestion } from './grouper-documents.ts'

/** `tables` are the fields that choose the tables; they stand above both ways. */
export function EpisodeForm({
  tables,
  onAsk,
}: {
  tables: ReactNode
  onAsk: (question: GrouperQuestion) => void
}) {
  const { t } = useWords()
  const [way, setWay] = useState<'typed' | 'own'>('typed')
  const ways = [
    { value: 'typed' as const, label: t('grouper.typed') },
    { value: 'own' as const, label: t('grouper.own') },
  ]
  return (
    <>
      <div className="grouper-tables">{tables}</div>
      <Segmented className="grouper-way" value={way} onChange={setWay} options={ways} />
      {way === 'typed' ? <TypedEpisode onAsk={onAsk} /> : <OwnEncounter onAsk={onAsk} />}
    </>
  )
}

function TypedEpisode({ onAsk }: { onAsk: (question: GrouperQuestion) => void }) {
  const { t } = useWords()
  const [main, setMain] = useState('')
  const [others, setOthers] = useState('')
  const [procedures, setProcedures] = useState('')
  const [age, setAge] = useState(unknownAge)
  const [sex, setSex] = useState<Sex>()
  const [ventilationHours, setHours] = useState<number | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const ageDays = ageInDays(age)
    onAsk({
      episode: {
        diagnoses: [main.trim(), ...codesIn(others).filter((code) => code !== main.trim())],
        procedures: codesIn(procedures),
        ...(sex === undefined ? {} : { sex }),
        ...(ageDays === undefined ? {} : { ageDays }),
        ...(ventilationHours === null ? {} : { ventilationHours }),
      },
    })
  }
  return (
    <form className="grouper-form" onSubmit={submit}>
      <div className="labelled-fields">
        <CodeField name={t('grouper.main')} value={main} onChange={setMain} />
        <CodeField
          name={t('grouper.others')}
          about={t('grouper.list-about')}
          value={others}
          onChange={setOthers}
        />
        <CodeField
          name={t('grouper.procedures')}
          about={t('grouper.list-about')}
          value={procedures}
          onChange={setProcedures}
        />
        <AgeField age={age} onChange={setAge} />
        <SexField sex={sex} onChange={setSex} />
        <Labelled name={t('grouper.hours')}>
          {(id) => (
            <InputNumber
              id={id}
              min={0}
              max={100_000}
              precision={0}
              style={{ width: '100%' }}
              value={ventilationHours}
              onChange={setHours}
            />
          )}
        </Labelled>
      </div>
      <Ask disabled={main.trim() === ''} />
    </form>
  )
}

function OwnEncounter({ onAsk }: { onAsk: (question: GrouperQuestion) => void }) {
  const { t } = useWords()
  const [typed, setTyped] = useState('')
  // As the page of records writes it, or without what stands around the id.
  const encounter = typed.trim().replace(/^Encounter\//, '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onAsk({ encounter })
  }
  return (
    <form className="grouper-form" onSubmit={submit}>
      <CodeField
        name={t('grouper.encounter')}
        about={t('grouper.encounter-about')}
        value={typed}
        onChange={setTyped}
      />
      <Ask disabled={!/^[A-Za-z0-9.-]{1,64}$/.test(encounter)} />
    </form>
  )
}

function CodeField({
  value,
  onChange,
  ...named
}: {
  name: string
  about?: string
  value: string
  onChange: (value: string) => void
}) {
  return (
    <Labelled {...named}>
      {(id) => (
        <Input id={id} className="mono" value={value} onChange={(event) => onChange(event.target.value)} />
      )}
    </Labelled>
  )
}

function Ask({ disabled }: { disabled: boolean }) {
  const { t } = useWords()
  return (
    <div className="labelled-actions">
      <Button type="primary" htmlType="submit" disabled={disabled}>
        {t('grouper.group')}
      </Button>
      <span className="quiet">{t('grouper.not-kept')}</span>
    </div>
  )
}
