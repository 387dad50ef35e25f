/** One statement of a block: kind, who said it about what, its body in full, and the refusal if the ledger said no. */
import type { StatementDocument } from '../../api/documents.ts'
import { Hash } from '../../show/hash.tsx'
import { statementName } from '../../show/kind-name.ts'
import { Tag } from '../../show/tag.tsx'
import { When } from '../../show/when.tsx'
import { useWords } from '../../words/words.tsx'

/** The body folds away. */
export function StatementCard({ statement }: { statement: StatementDocument }) {
  const words = useWords()
  const { t } = words
  const { kind, issuer, subject, refusal, id, expires, keyId } = statement
  return (
    <article className="statement">
      <header>
        <b>{kind === undefined ? t('ledger.undecodable') : statementName(kind, words)}</b>
        {kind !== undefined && <span className="mono quiet">{kind}</span>}
        <span className="statement-verdict">
          {refusal === undefined ? (
            <Tag tone="good">{t('ledger.accepted')}</Tag>
          ) : (
            <Tag tone="bad">{`${t('ledger.refused')} · ${refusal}`}</Tag>
          )}
        </span>
      </header>
      <dl className="statement-facts">
        <Fact name={t('ledger.issuer')}>{issuer}</Fact>
        <Fact name={t('ledger.subject')}>{subject && <span className="mono">{subject}</span>}</Fact>
        <Fact name={t('ledger.statement-id')}>{id && <Hash value={id} keep={8} />}</Fact>
        <Fact name={t('ledger.key')}>{keyId && <Hash value={keyId} keep={8} />}</Fact>
        <Fact name={t('ledger.expires')}>{expires && <When iso={expires} />}</Fact>
        <Fact name={t('quarantine.size')}>{t('quarantine.bytes', { n: statement.size })}</Fact>
      </dl>
      {statement.body !== undefined && (
        <details>
          <summary>{t('ledger.body')}</summary>
          <pre className="mono">{JSON.stringify(statement.body, null, 2)}</pre>
        </details>
      )}
    </article>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  if (children === undefined || children === '') return null
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
