/** The mapping workbench: a mapping is chosen or written, tried on a file of real rows, and kept when it is right. */
import { Alert, App, Button, Input, Select } from 'antd'
import { useState } from 'react'
import type { Refused } from '../../api/answer.ts'
import type { Page } from '../../api/documents.ts'
import { useSession } from '../../api/session.tsx'
import { useAnswer } from '../../api/use-answer.ts'
import { PageHead } from '../../show/page-head.tsx'
import { Panel } from '../../show/panel.tsx'
import { Problem } from '../../show/problem.tsx'
import { useWords } from '../../words/words.tsx'
import { HeadingTable } from './heading-table.tsx'
import type { MappingDocument, Tried } from './mapping-documents.ts'
import './mappings.css'
import { TriedRows } from './tried-rows.tsx'

const profiles = ['cn-national', 'cn-national-strict', 'r4'] as const

/** Administrators keep a mapping; clerks try one. */
export function MappingsPage() {
  const { t, say } = useWords()
  const { client, session } = useSession()
  const { message } = App.useApp()
  const known = useAnswer<Page<MappingDocument>>('/api/mappings')
  const [document, setDocument] = useState('')
  const [sample, setSample] = useState<File>()
  const [profile, setProfile] = useState<string>('cn-national')
  const [tried, setTried] = useState<Tried>()
  const [refused, setRefused] = useState<Refused>()
  const items = known.value?.items ?? []

  const tryIt = async (file: File) => {
    const body = { document, sample: await base64Of(file), profile }
    const answer = await client.post<Tried>('/api/mappings/preview', body)
    setRefused(answer.ok ? undefined : answer.refused)
    setTried(answer.ok ? answer.value : undefined)
  }
  const keep = async () => {
    const answer = await client.post<MappingDocument>('/api/mappings', { document })
    setRefused(answer.ok ? undefined : answer.refused)
    if (!answer.ok) return
    const { id, version } = answer.value
    message.success(t('mappings.kept', { id, version }))
    known.again()
  }
  const choose = (key: string) => setDocument(items.find((item) => keyOf(item) === key)?.document ?? '')

  return (
    <div className="page">
      <PageHead title={t('page.mappings')} about={t('mappings.about')} />
      {known.refused !== undefined && <Problem refused={known.refused} again={known.again} />}
      <Panel title={t('mappings.document')} aside={t('mappings.document-about')}>
        <div className="mapping-controls">
          <Select
            aria-label={t('mappings.choose')}
            placeholder={t('mappings.choose')}
            className="mapping-choice"
            onChange={choose}
            options={items.map((item) => ({
              value: keyOf(item),
              label: `${say(item.title)} · ${item.version} · ${t(item.own ? 'mappings.own' : 'mappings.shipped')}`,
            }))}
          />
          <Select
            aria-label={t('mappings.profile')}
            value={profile}
            onChange={setProfile}
            options={profiles.map((value) => ({ value, label: value }))}
          />
          <label className="mapping-file">
            <span>{sample?.name ?? t('mappings.choose-file')}</span>
            <input
              type="file"
              accept=".csv,text/csv,.txt"
              aria-label={t('mappings.sample')}
              onChange={(event) => setSample(event.target.files?.[0])}
            />
          </label>
          <Button
            type="primary"
            disabled={document === '' || sample === undefined}
            title={sample === undefined ? t('mappings.sample-needed') : ''}
            onClick={() => sample !== undefined && void tryIt(sample)}
          >
            {t('mappings.try')}
          </Button>
          {session?.person.role === 'administrator' && (
            <Button disabled={document === ''} onClick={() => void keep()}>
              {t('mappings.keep')}
            </Button>
          )}
        </div>
        <Input.TextArea
          className="mono"
          aria-label={t('mappings.document')}
          rows={14}
          spellCheck={false}
          value={document}
          onChange={(event) => setDocument(event.target.value)}
        />
      </Panel>
      {refused !== undefined && <Problem refused={refused} />}
      {tried !== undefined && <Outcome tried={tried} />}
    </div>
  )
}

function Outcome({ tried }: { tried: Tried }) {
  const { t, say } = useWords()
  if (tried.problems.length === 0)
    return (
      <>
        <HeadingTable tried={tried} />
        <TriedRows tried={tried} />
      </>
    )
  return (
    <Alert
      type="warning"
      showIcon
      title={t('mappings.problems', { n: tried.problems.length })}
      description={
        <ul className="mapping-findings">
          {tried.problems.map(({ code, place, message, hint }) => (
            <li key={`${place} ${code}`}>
              <span className="mono">{place}</span> {say(message)} <span className="quiet">{say(hint)}</span>
            </li>
          ))}
        </ul>
      }
    />
  )
}

const keyOf = ({ id, version }: MappingDocument) => `${id}|${version}`

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
