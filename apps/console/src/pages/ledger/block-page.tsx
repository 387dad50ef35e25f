/** One block: its header in numbers, the sub-root of every module, and its statements decoded. */
import { Skeleton } from 'antd'
import type { BlockDocument } from '../../api/documents.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { routeTo } from '../../route/route.ts'
import { Hash } from '../../show/hash.tsx'
import { Icon } from '../../show/icon.tsx'
import { PageHead } from '../../show/page-head.tsx'
import { Panel } from '../../show/panel.tsx'
import { Problem } from '../../show/problem.tsx'
import { When } from '../../show/when.tsx'
import { useWords } from '../../words/words.tsx'
import './ledger.css'
import { Signers } from './signers.tsx'
import { StatementCard } from './statement-card.tsx'

/** With links to its neighbours. */
export function BlockPage({ height }: { height: string }) {
  const { t } = useWords()
  const number = Number(height)
  const { value, refused, again } = useAnswer<BlockDocument>(
    `/api/ledger/blocks/${encodeURIComponent(height)}`,
  )
  return (
    <div className="page">
      <nav className="block-nav" aria-label={t('ledger.blocks')}>
        <a className="back" href={routeTo('ledger')}>
          <Icon name="back" /> {t('page.ledger')}
        </a>
        {number > 1 && <a href={routeTo('ledger', [number - 1])}>{t('ledger.block-n', { n: number - 1 })}</a>}
        <a href={routeTo('ledger', [number + 1])}>{t('ledger.block-n', { n: number + 1 })}</a>
      </nav>
      <PageHead title={t('ledger.block-n', { n: number })} about={value && <When iso={value.time} />} />
      {refused !== undefined && <Problem refused={refused} again={again} />}
      {value === undefined && refused === undefined && <Skeleton active />}
      {value !== undefined && <Body block={value} />}
    </div>
  )
}

function Body({ block }: { block: BlockDocument }) {
  const { t } = useWords()
  return (
    <div className="record-grid">
      <div className="record-main">
        <Panel title={t('ledger.statements-n', { n: block.statements.length })} flush>
          {block.statements.length === 0 && <p className="adaptive-empty">{t('ledger.no-statements')}</p>}
          {block.statements.map((statement) => (
            <StatementCard key={statement.index} statement={statement} />
          ))}
        </Panel>
      </div>
      <div className="record-side">
        <Panel title={t('ledger.header')}>
          <HeaderFacts block={block} />
        </Panel>
        <Signers block={block} />
        <Panel title={t('ledger.sub-roots')} aside={t('ledger.sub-roots-about')}>
          <dl className="pairs">
            {block.subRoots.map(({ name, root }) => (
              <div key={name}>
                <dt className="mono">{name}</dt>
                <dd>
                  <Hash value={root} keep={8} />
                </dd>
              </div>
            ))}
          </dl>
        </Panel>
      </div>
    </div>
  )
}

function HeaderFacts({ block }: { block: BlockDocument }) {
  const { t, count } = useWords()
  const hashes = [
    ['ledger.hash', block.hash],
    ['ledger.app-hash', block.appHash],
    ['ledger.log-root', block.logRoot],
    ['ledger.proposer', block.proposer],
  ] as const
  return (
    <dl className="pairs">
      {hashes.map(([name, value]) => (
        <div key={name}>
          <dt>{t(name)}</dt>
          <dd>
            <Hash value={value} keep={8} />
          </dd>
        </div>
      ))}
      <div>
        <dt>{t('ledger.log-size')}</dt>
        <dd className="num">{count(block.logSize)}</dd>
      </div>
    </dl>
  )
}
