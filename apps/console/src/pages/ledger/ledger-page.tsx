/** The ledger: where the chain stands, and its blocks, newest first. */
import type { BlockRow, LedgerStatus } from '../../api/documents.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { useMembers } from '../../api/use-members.ts'
import { usePages } from '../../api/use-pages.ts'
import { routeTo } from '../../route/route.ts'
import { AdaptiveTable, type Column } from '../../show/adaptive-table.tsx'
import { Hash } from '../../show/hash.tsx'
import { PageHead } from '../../show/page-head.tsx'
import { Panel } from '../../show/panel.tsx'
import { Problem } from '../../show/problem.tsx'
import { When } from '../../show/when.tsx'
import { useWords, type Words } from '../../words/words.tsx'
import './ledger.css'

/** Read afresh when opened; nothing here changes, it only grows. */
export function LedgerPage() {
  const words = useWords()
  const { t } = words
  const status = useAnswer<LedgerStatus>('/api/ledger/status')
  const pages = usePages<BlockRow>('/api/ledger/blocks')
  const { name } = useMembers()
  return (
    <div className="page">
      <PageHead title={t('page.ledger')} about={t('ledger.about')} />
      {status.refused !== undefined && <Problem refused={status.refused} again={status.again} />}
      {status.value !== undefined && <Standing status={status.value} />}
      {pages.refused !== undefined && <Problem refused={pages.refused} again={pages.again} />}
      <Panel title={t('ledger.blocks')} flush>
        <AdaptiveTable<BlockRow>
          label={t('ledger.blocks')}
          columns={blockColumns(words, name)}
          rows={pages.items}
          rowKey={(row) => String(row.height)}
          loading={pages.loading}
          empty={t('ledger.empty')}
          more={pages.more}
        />
      </Panel>
    </div>
  )
}

function Standing({ status }: { status: LedgerStatus }) {
  const { t, count } = useWords()
  return (
    <dl className="standing panel">
      <div>
        <dt>{t('corridor.height-word')}</dt>
        <dd className="num standing-number">{count(status.height)}</dd>
      </div>
      <div>
        <dt>{t('ledger.log-size')}</dt>
        <dd className="num standing-number">{count(status.logSize)}</dd>
      </div>
      <div>
        <dt>{t('corridor.block-time')}</dt>
        <dd>
          <When iso={status.blockTime} />
        </dd>
      </div>
      <div>
        <dt>{t('ledger.app-hash')}</dt>
        <dd>
          <Hash value={status.appHash} keep={8} />
        </dd>
      </div>
      <div>
        <dt>{t('ledger.chain')}</dt>
        <dd>
          <Hash value={status.chainId} keep={14} />
        </dd>
      </div>
    </dl>
  )
}

function blockColumns({ t, count }: Words, name: (organisation: string) => string): Column<BlockRow>[] {
  return [
    {
      key: 'height',
      title: t('corridor.height-word'),
      lead: true,
      render: (row) => (
        <a className="num" href={routeTo('ledger', [row.height])}>
          {t('ledger.block-n', { n: row.height })}
        </a>
      ),
    },
    { key: 'time', title: t('corridor.block-time'), lead: true, render: (row) => <When iso={row.time} /> },
    {
      key: 'statements',
      title: t('ledger.statements'),
      align: 'right',
      render: (row) => <span className="num">{count(row.statements)}</span>,
    },
    {
      key: 'refused',
      title: t('ledger.refused'),
      align: 'right',
      render: (row) => (
        <span className={row.refused > 0 ? 'num ledger-refused' : 'num quiet'}>{count(row.refused)}</span>
      ),
    },
    {
      key: 'proposer',
      title: t('ledger.proposer'),
      render: (row) => (row.proposerOrganisation === undefined ? '–' : name(row.proposerOrganisation)),
    },
    {
      key: 'signatures',
      title: t('ledger.signatures'),
      align: 'right',
      render: (row) => (
        <span className="num">
          {count(row.signatures)} / {count(row.validators)}
        </span>
      ),
    },
    {
      key: 'log',
      title: t('ledger.log-size'),
      align: 'right',
      hideWhenNarrow: true,
      render: (row) => <span className="num">{count(row.logSize)}</span>,
    },
    {
      key: 'app',
      hideWhenNarrow: true,
      title: t('ledger.app-hash'),
      render: (row) => <Hash value={row.appHash} keep={6} />,
    },
  ]
}
