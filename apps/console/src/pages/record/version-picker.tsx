/** The versions of a record, newest first: number, state, when and by what operation. One is chosen. */
import type { RecordDocument } from '../../api/documents.ts'
import { routeTo } from '../../route/route.ts'
import { Panel } from '../../show/panel.tsx'
import { StateTag } from '../../show/state-tag.tsx'
import { When } from '../../show/when.tsx'
import { useWords } from '../../words/words.tsx'

/** A list of links, so that a version has an address. */
export function VersionPicker({ record, chosen }: { record: RecordDocument; chosen: number }) {
  const { t } = useWords()
  return (
    <Panel title={t('record.versions')} aside={t('record.versions-about')} flush>
      <ol className="versions">
        {record.versions.map((version) => (
          <li key={version.version}>
            <a
              href={routeTo('records', [record.type, record.id], { version: String(version.version) })}
              aria-current={version.version === chosen ? 'true' : undefined}
            >
              <b className="num">{t('record.version-n', { n: version.version })}</b>
              <span>{t(`operation.${version.operation}`)}</span>
              <When iso={version.times.stored} />
              <span className="quiet">{changed(version.changes.length)}</span>
              <StateTag state={version.state} />
            </a>
          </li>
        ))}
      </ol>
    </Panel>
  )

  function changed(n: number): string {
    return n === 0 ? '' : t('record.changed-n', { n })
  }
}
