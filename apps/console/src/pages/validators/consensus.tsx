/** Where consensus is: height, round, peers, what waits, how old the newest block is. */
import type { ValidatorsDocument } from '../../api/consortium-documents.ts'
import { When } from '../../show/when.tsx'
import '../ledger/ledger.css'
import { useWords } from '../../words/words.tsx'

/** Round, peers and mempool are CometBFT's; an embedded chain has none of them. */
export function Consensus({ standing }: { standing: ValidatorsDocument }) {
  const { t, count } = useWords()
  const { network, height, waiting, blockTime, lagSeconds, engine } = standing
  return (
    <dl className="standing panel">
      <Figure name={t('corridor.height-word')} value={count(height)} />
      {network !== undefined && <Figure name={t('validators.round')} value={count(network.round)} />}
      {network !== undefined && <Figure name={t('validators.peers')} value={count(network.peers)} />}
      <Figure
        name={t('validators.waiting')}
        value={count(network === undefined ? waiting : Math.max(waiting, network.mempool))}
      />
      <div>
        <dt>{t('corridor.block-time')}</dt>
        <dd>
          <span className="consensus-time">
            <When iso={blockTime} />
            <span className="quiet">{t('validators.ago', { n: lagSeconds })}</span>
          </span>
        </dd>
      </div>
      <div>
        <dt>{t('validators.engine')}</dt>
        <dd>
          {t(`engine.${engine}`)}
          {engine === 'cometbft' && network === undefined && ` · ${t('validators.no-answer')}`}
          {network?.catchingUp === true && ` · ${t('validators.catching-up')}`}
        </dd>
      </div>
    </dl>
  )
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="num standing-number">{value}</dd>
    </div>
  )
}
