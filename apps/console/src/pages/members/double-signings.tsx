/** Evidence in a block that a validator signed two blocks at one height. */
import type { DoubleSigning } from '../../api/consortium-documents.ts'
import { routeTo } from '../../route/route.ts'
import { Hash } from '../../show/hash.tsx'
import { evidenceName } from '../../show/kind-name.ts'
import { Panel } from '../../show/panel.tsx'
import { Tag } from '../../show/tag.tsx'
import { When } from '../../show/when.tsx'
import { useWords } from '../../words/words.tsx'

/** Each with the block that carries the proof. */
export function DoubleSignings({
  items,
  name,
}: {
  items: readonly DoubleSigning[]
  name: (organisation: string) => string
}) {
  const words = useWords()
  const { t } = words
  return (
    <Panel title={t('members.double-signings')} aside={t('members.double-signings-about')} flush>
      <ul className="double-signings">
        {items.map(({ kind, organisation, keyId, height, timeSeconds, carriedHeight, barred }) => (
          <li key={`${keyId} ${height}`}>
            <b>{name(organisation)}</b>
            <Tag tone="bad">{evidenceName(kind, words)}</Tag>
            <span>{t('members.signed-twice', { n: Number(height) })}</span>
            <When iso={new Date(Number(timeSeconds) * 1000).toISOString()} />
            <span>
              {t('ledger.key')} <Hash value={keyId} keep={6} />
            </span>
            <a href={routeTo('ledger', [carriedHeight])}>
              {t('members.proof-in', { n: Number(carriedHeight) })}
            </a>
            {!barred && <span className="quiet">{t('members.last-validator')}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
