/** Free text to concept: candidates with their confidence for a person to choose from; nothing is coded here. */
import { Button, Input } from 'antd'
import { useState } from 'react'
import type { Refused } from '../../api/answer.ts'
import { useSession } from '../../api/session.tsx'
import { routeTo } from '../../route/route.ts'
import { AdaptiveTable } from '../../show/adaptive-table.tsx'
import { Panel } from '../../show/panel.tsx'
import { Problem } from '../../show/problem.tsx'
import { useWords } from '../../words/words.tsx'
import type { Candidate, Chosen } from './terminology-documents.ts'

/** In the chosen release. */
export function SuggestPanel({ chosen: { system, version } }: { chosen: Chosen }) {
  const { t } = useWords()
  const { client } = useSession()
  const [text, setText] = useState('')
  const [found, setFound] = useState<readonly Candidate[]>()
  const [refused, setRefused] = useState<Refused>()
  const ask = async () => {
    const body = { system, version, text: text.trim() }
    const answer = await client.post<{ readonly items: readonly Candidate[] }>(
      '/api/terminology/suggest',
      body,
    )
    setRefused(answer.ok ? undefined : answer.refused)
    setFound(answer.ok ? answer.value.items : undefined)
  }
  return (
    <Panel title={t('terminology.suggest')} className="terminology-suggest">
      <p className="quiet">{t('terminology.suggest-about')}</p>
      <form
        className="terminology-head"
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim() !== '') void ask()
        }}
      >
        <Input
          className="terminology-search"
          aria-label={t('terminology.text')}
          placeholder={t('terminology.text')}
          autoComplete="off"
          maxLength={200}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button htmlType="submit" disabled={text.trim() === ''}>
          {t('terminology.propose')}
        </Button>
      </form>
      {refused !== undefined && <Problem refused={refused} />}
      {found !== undefined && (
        <AdaptiveTable<Candidate>
          label={t('terminology.suggest')}
          rows={found}
          rowKey={({ code }) => code}
          loading={false}
          empty={t('terminology.no-candidates')}
          columns={[
            {
              key: 'code',
              title: t('terminology.code'),
              lead: true,
              render: ({ code }) => (
                <a className="mono" href={routeTo('terminology', [], { system, version, code })}>
                  {code}
                </a>
              ),
            },
            {
              key: 'display',
              title: t('terminology.display'),
              wrap: true,
              render: ({ display }) => display,
            },
            {
              key: 'confidence',
              title: t('terminology.confidence'),
              render: ({ confidence }) => `${Math.round(confidence * 100)} %`,
            },
            {
              key: 'basis',
              title: t('terminology.basis'),
              wrap: true,
              render: ({ basis }) => t(`terminology.basis-${basis}`),
            },
          ]}
        />
      )}
    </Panel>
  )
}
