/** Terminology: a release is chosen, concepts are found by what is typed, one is shown, and a free text gets candidates. */
import { Input, Select } from 'antd'
import type { Page } from '../../api/documents.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { type Route, routeTo } from '../../route/route.ts'
import { PageHead } from '../../show/page-head.tsx'
import { Problem } from '../../show/problem.tsx'
import { useWords } from '../../words/words.tsx'
import { ConceptPanel } from './concept-panel.tsx'
import { FoundPanel } from './found-panel.tsx'
import { SuggestPanel } from './suggest-panel.tsx'
import './terminology.css'
import type { Chosen, ReleaseDocument } from './terminology-documents.ts'

const usual = 'http://hl7.org/fhir/sid/icd-10'

/** Release, text and code are part of the address, so that each of them can be sent to somebody. */
export function TerminologyPage({ query }: { query: Route['query'] }) {
  const { t } = useWords()
  const { value, refused, again } = useAnswer<Page<ReleaseDocument>>('/api/terminology')
  const items = value?.items ?? []
  const chosen = chosenOf(items, query)
  const go = (next: Route['query']) => {
    window.location.hash = routeTo('terminology', [], next)
  }
  const { text, code } = query
  return (
    <div className="page">
      <PageHead title={t('page.terminology')} about={t('terminology.about')} />
      {refused !== undefined && <Problem refused={refused} again={again} />}
      {chosen !== undefined && (
        <>
          <div className="terminology-head">
            <ReleaseChoice items={items} chosen={chosen} choose={go} />
            <Input.Search
              key={`${chosen.system} ${text ?? ''}`}
              className="terminology-search"
              aria-label={t('terminology.search')}
              placeholder={t('terminology.search-hint')}
              enterButton={t('terminology.search')}
              maxLength={200}
              defaultValue={text}
              onSearch={(typed) => go({ ...pick(chosen), ...(typed.trim() ? { text: typed.trim() } : {}) })}
            />
          </div>
          <FoundPanel chosen={chosen} text={text} />
          {code !== undefined && <ConceptPanel chosen={chosen} code={code} text={text} />}
          <SuggestPanel key={`${chosen.system}|${chosen.version}`} chosen={chosen} />
        </>
      )}
    </div>
  )
}

function ReleaseChoice({
  items,
  chosen,
  choose,
}: {
  items: readonly ReleaseDocument[]
  chosen: Chosen
  choose: (next: Route['query']) => void
}) {
  const { t, say } = useWords()
  return (
    <Select
      className="terminology-release"
      aria-label={t('terminology.release')}
      showSearch={{ optionFilterProp: 'label' }}
      value={keyOf(chosen)}
      onChange={(key) => {
        const next = items.find((item) => keyOf(item) === key)
        if (next !== undefined) choose(pick(next))
      }}
      options={items.map((item) => ({
        value: keyOf(item),
        label: [
          say(item.titles),
          item.version,
          t('terminology.concepts', { n: item.concepts }),
          ...(item.answersToday ? [t('terminology.today')] : []),
          ...(item.fragment === undefined ? [] : [t('terminology.fragment')]),
        ].join(' · '),
      }))}
    />
  )
}

const keyOf = ({ system, version }: Chosen) => `${system}|${version}`
const pick = ({ system, version }: Chosen) => ({ system, version })

/** What the address names; else the release of today of the system it names, else of the usual one. */
function chosenOf(items: readonly ReleaseDocument[], { system, version }: Route['query']) {
  const today = (wanted?: string) => items.find((item) => item.system === wanted && item.answersToday)
  return (
    items.find((item) => item.system === system && item.version === version) ??
    today(system) ??
    today(usual) ??
    items[0]
  )
}
