/** Which organisations signed a block, and which proposed it. */
import type { BlockDocument } from '../../api/documents.ts'
import { useMembers } from '../../api/use-members.ts'
import { Hash } from '../../show/hash.tsx'
import { Panel } from '../../show/panel.tsx'
import { Tag, type Tone } from '../../show/tag.tsx'
import { useWords } from '../../words/words.tsx'

const tones: Readonly<Record<BlockDocument['signers'][number]['vote'], Tone>> = {
  signed: 'good',
  nil: 'warn',
  missed: 'plain',
}

/** One line for each validator of that height; an address that the ledger does not know stays an address. */
export function Signers({ block: { signers, signatures, validators, proposer } }: { block: BlockDocument }) {
  const { t } = useWords()
  const { name } = useMembers()
  return (
    <Panel title={t('ledger.signatures')} aside={t('ledger.signatures-n', { n: signatures, of: validators })}>
      <ul className="signers">
        {signers.map(({ address, organisation, vote }) => (
          <li key={address}>
            {organisation === undefined ? (
              <Hash value={address} keep={6} />
            ) : (
              <span>{name(organisation)}</span>
            )}
            {address === proposer && <Tag tone="ledger">{t('ledger.proposer')}</Tag>}
            <Tag tone={tones[vote]}>{t(`vote.${vote}`)}</Tag>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
