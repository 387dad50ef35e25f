/** The map explorer: a map, a code and what is known of the patient; what the code stands for, by which rule, and what else the map would have said. */
import { Button, Input, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import type { Refused } from '../../api/answer.ts'
import { useSession } from '../../api/session.tsx'
import { useAnswer } from '../../api/use-answer.ts'
import { AgeField, ageInDays, unknownAge } from '../../show/age-field.tsx'
import { codesIn } from '../../show/code-list.ts'
import { Labelled } from '../../show/labelled.tsx'
import { PageHead } from '../../show/page-head.tsx'
import { Panel } from '../../show/panel.tsx'
import { Problem } from '../../show/problem.tsx'
import { type Sex, SexField } from '../../show/sex-field.tsx'
import { useWords } from '../../words/words.tsx'
import type { MapItem, TranslationAnswer } from './map-documents.ts'
import './maps.css'
import { TranslationPanels } from './translation-panels.tsx'

interface Asked {
  readonly code: string
  readonly answer: TranslationAnswer
}

/** Nothing that is typed here is kept. */
export function MapsPage() {
  const { t } = useWords()
  const { client } = useSession()
  const held = useAnswer<{ readonly items: readonly MapItem[] }>('/api/maps')
  const [chosen, setChosen] = useState<string>()
  const [code, setCode] = useState('')
  const [age, setAge] = useState(unknownAge)
  const [sex, setSex] = useState<Sex>()
  const [findings, setFindings] = useState('')
  const [asked, setAsked] = useState<Asked>()
  const [refused, setRefused] = useState<Refused>()
  // Of an id the newest version comes last, and it is the one that answers.
  const maps = [...new Map((held.value?.items ?? []).map((item) => [item.id, item])).values()]
  const map = maps.find(({ id }) => id === chosen) ?? maps[0]

  const ask = async (of: string) => {
    if (map === undefined || of === '') return
    const [ageDays, others] = [ageInDays(age), codesIn(findings)]
    const known = {
      ...(ageDays === undefined ? {} : { ageDays }),
      ...(sex === undefined ? {} : { sex }),
      ...(others.length === 0 ? {} : { findings: others }),
    }
    const answer = await client.post<TranslationAnswer>('/api/maps/translate', {
      map: map.id,
      code: of,
      ...known,
    })
    setRefused(answer.ok ? undefined : answer.refused)
    setAsked(answer.ok ? { code: of, answer: answer.value } : undefined)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void ask(code.trim())
  }
  const choose = (id: string) => {
    setChosen(id)
    setAsked(undefined)
  }
  const take = (sample: string) => {
    setCode(sample)
    void ask(sample)
  }

  return (
    <div className="page">
      <PageHead title={t('page.maps')} about={t('maps.about')} />
      {held.refused !== undefined && <Problem refused={held.refused} again={held.again} />}
      <Panel
        title={t('maps.ask')}
        aside={map === undefined ? t('maps.none') : t('maps.codes', { n: map.codes })}
      >
        <form className="maps-form" onSubmit={submit}>
          <div className="labelled-fields">
            <MapChoice maps={maps} map={map} onChoose={choose} />
            <Labelled name={t('maps.code')}>
              {(id) => (
                <Input
                  id={id}
                  className="mono"
                  maxLength={64}
                  value={code}
                  onChange={(event) => setCode(event.target.value)}
                />
              )}
            </Labelled>
            <AgeField age={age} onChange={setAge} />
            <SexField sex={sex} onChange={setSex} />
            <Labelled name={t('maps.findings')} about={t('maps.findings-about')}>
              {(id) => (
                <Input
                  id={id}
                  className="mono"
                  value={findings}
                  onChange={(event) => setFindings(event.target.value)}
                />
              )}
            </Labelled>
          </div>
          <div className="labelled-actions">
            <Button type="primary" htmlType="submit" disabled={map === undefined || code.trim() === ''}>
              {t('maps.translate')}
            </Button>
          </div>
        </form>
        {map !== undefined && <Samples codes={map.samples} onTake={take} />}
      </Panel>
      {refused !== undefined && <Problem refused={refused} />}
      {asked !== undefined && <TranslationPanels code={asked.code} answer={asked.answer} />}
    </div>
  )
}

interface Choice {
  readonly maps: readonly MapItem[]
  readonly map: MapItem | undefined
  onChoose(id: string): void
}

function MapChoice({ maps, map, onChoose }: Choice) {
  const { t, say } = useWords()
  const options = maps.map(({ id, titles, version }) => ({ value: id, label: `${say(titles)} · ${version}` }))
  return (
    <Labelled name={t('maps.map')} wide {...(map === undefined ? {} : { about: from(map) })}>
      {(id) => <Select id={id} value={map?.id ?? null} onChange={onChoose} options={options} />}
    </Labelled>
  )
}

function Samples({ codes, onTake }: { codes: readonly string[]; onTake: (code: string) => void }) {
  const { t } = useWords()
  return (
    <div className="maps-samples">
      <span className="quiet">{t('maps.samples')}</span>
      {codes.map((code) => (
        <Button key={code} size="small" className="mono" onClick={() => onTake(code)}>
          {code}
        </Button>
      ))}
    </div>
  )
}

const from = ({ source, target }: MapItem) => `${source} → ${target}`
