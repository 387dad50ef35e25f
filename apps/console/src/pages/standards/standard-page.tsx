/** One standard: what it says of itself, what its test vectors give here, and how another version differs from it. */
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useAnswer } from '../../api/use-answer.ts'
import { useMembers } from '../../api/use-members.ts'
import { routeTo } from '../../route/route.ts'
import { AdaptiveTable } from '../../show/adaptive-table.tsx'
import { Hash } from '../../show/hash.tsx'
import { Icon } from '../../show/icon.tsx'
import { PageHead } from '../../show/page-head.tsx'
import { Panel } from '../../show/panel.tsx'
import { Problem } from '../../show/problem.tsx'
import { Tag } from '../../show/tag.tsx'
import { useWords } from '../../words/words.tsx'
import { ChangeTable } from './change-table.tsx'
import { kindName } from './kind-name.ts'
import { StateTag } from './state-tag.tsx'
import './standards.css'
import type { ShownStandard, StandardDocument, StandardsDocument } from './standards-documents.ts'

/** `hash` is its content hash. */
export function StandardPage({ hash }: { hash: string }) {
  const { t, say } = useWords()
  const { value, refused, again } = useAnswer<ShownStandard>(`/api/standards/packages/${hash}`)
  return (
    <div className="page">
      <PageHead
        title={value === undefined ? t('page.standards') : say(value.manifest.titles)}
        about={
          value === undefined ? t('standards.about') : `${value.manifest.id} · ${value.manifest.version}`
        }
      />
      <Button type="text" href={routeTo('standards')} className="standards-back">
        <Icon name="back" /> {t('standards.back')}
      </Button>
      {refused !== undefined && <Problem refused={refused} again={again} />}
      {value !== undefined && (
        <>
          <Facts standard={value} />
          <Vectors standard={value} />
          <Compare standard={value} />
        </>
      )}
    </div>
  )
}

function Facts({ standard }: { standard: StandardDocument }) {
  const words = useWords()
  const { t } = words
  const { name } = useMembers()
  const { hash, manifest, isInForce } = standard
  const { effective, jurisdiction, licence } = manifest
  const facts = [
    [
      t('standards.use'),
      <Tag key="use" tone={isInForce ? 'good' : 'plain'}>
        {t(isInForce ? 'standards.in-force' : 'standards.held')}
      </Tag>,
    ],
    [t('standards.state'), <StateTag key="state" state={standard.state} />],
    [t('standards.adopted'), standard.adoptedBy.map(name).join(', ') || '–'],
    [t('standards.kind'), kindName(manifest.kind, words)],
    [t('standards.layer'), t(`layer.${manifest.layer}`)],
    [t('standards.implements'), manifest.implements ?? '–'],
    [t('standards.steward'), manifest.steward],
    [
      t('standards.jurisdiction'),
      jurisdiction.length === 0 ? t('standards.everywhere') : jurisdiction.join(', '),
    ],
    [t('standards.effective'), `${effective.from} → ${effective.to ?? ''}`],
    [
      t('standards.licence'),
      licence.shared ? licence.name : `${licence.name} · ${t('standards.not-shared')}`,
    ],
    [t('standards.hash'), <Hash key="hash" value={hash} />],
  ] as const
  return (
    <Panel title={t('standards.facts')}>
      <dl className="standards-facts">
        {facts.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}

function Vectors({ standard: { vectors } }: { standard: ShownStandard }) {
  const { t, say } = useWords()
  const passed = vectors.outcomes.filter(({ outcome }) => outcome === 'passed').length
  return (
    <Panel title={t('standards.vectors')} aside={t('standards.vectors-about')} flush>
      <p className="standards-result">
        <Tag tone={vectors.passed ? 'good' : 'bad'}>
          {t('standards.passed', { n: passed, of: vectors.outcomes.length })}
        </Tag>{' '}
        {vectors.hash !== null && <Hash value={vectors.hash} />}
        {vectors.findings.map(({ path, message }) => (
          <span key={path}> {say(message)}</span>
        ))}
      </p>
      <AdaptiveTable<ShownStandard['vectors']['outcomes'][number]>
        label={t('standards.vectors')}
        rows={vectors.outcomes.slice(0, 100)}
        rowKey={({ name }) => name}
        loading={false}
        empty={t('standards.no-vectors')}
        columns={[
          { key: 'name', title: t('standards.vector'), lead: true, wrap: true, render: ({ name }) => name },
          {
            key: 'outcome',
            title: t('standards.outcome'),
            render: ({ outcome }) => (
              <Tag tone={outcome === 'passed' ? 'good' : 'bad'}>{t(`vector.${outcome}`)}</Tag>
            ),
          },
        ]}
      />
    </Panel>
  )
}

function Compare({ standard }: { standard: StandardDocument }) {
  const { t, say } = useWords()
  const known = useAnswer<StandardsDocument>('/api/standards')
  const [other, setOther] = useState<string>()
  const { kind } = standard.manifest
  const others = (known.value?.items ?? []).filter(
    ({ hash, manifest }) => manifest.kind === kind && hash !== standard.hash,
  )
  return (
    <Panel title={t('standards.compare')} aside={t('standards.compare-about')}>
      <Select
        aria-label={t('standards.compare-with')}
        placeholder={others.length === 0 ? t('standards.nothing-to-compare') : t('standards.compare-with')}
        disabled={others.length === 0}
        className="standards-other"
        showSearch={{ optionFilterProp: 'label' }}
        onChange={setOther}
        options={others.map(({ hash, manifest }) => ({
          value: hash,
          label: `${say(manifest.titles)} · ${manifest.id} ${manifest.version}`,
        }))}
      />
      {other !== undefined && <ChangeTable from={standard.hash} to={other} />}
    </Panel>
  )
}
