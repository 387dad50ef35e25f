/** One record: its way through the corridor, its versions, what it holds, who and what made it, and its receipt. */
import { Alert, Skeleton } from 'antd'
import type { RecordDocument } from '../../api/documents.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { routeTo } from '../../route/route.ts'
import { Hash } from '../../show/hash.tsx'
import { Icon } from '../../show/icon.tsx'
import { typeName } from '../../show/kind-name.ts'
import { PageHead } from '../../show/page-head.tsx'
import { Problem } from '../../show/problem.tsx'
import { StateTag } from '../../show/state-tag.tsx'
import { useWords } from '../../words/words.tsx'
import { Findings } from './findings.tsx'
import { Provenance } from './provenance.tsx'
import { ReceiptPanel } from './receipt-panel.tsx'
import './record.css'
import { VersionContent } from './version-content.tsx'
import { VersionPicker } from './version-picker.tsx'
import { Way } from './way.tsx'

type Props = { type: string; id: string; version: string | undefined }

/** Reads the record and shows the chosen version, else the newest. */
export function RecordPage({ type, id, version }: Props) {
  const words = useWords()
  const { t } = words
  const path = `/api/records/${encodeURIComponent(type)}/${encodeURIComponent(id)}`
  const { value, refused, again } = useAnswer<RecordDocument>(path)
  return (
    <div className="page">
      <a className="back" href={routeTo('records')}>
        <Icon name="back" /> {t('page.records')}
      </a>
      <PageHead
        title={typeName(type, words)}
        about={
          <>
            {type} <Hash value={id} keep={14} />
          </>
        }
        extra={value?.versions[0] && <StateTag state={value.versions[0].state} />}
      />
      {refused !== undefined && <Problem refused={refused} again={again} />}
      {value === undefined && refused === undefined && <Skeleton active paragraph={{ rows: 8 }} />}
      {value !== undefined && <Body record={value} chosen={Number(version)} />}
    </div>
  )
}

function Body({ record, chosen }: { record: RecordDocument; chosen: number }) {
  const { t } = useWords()
  const version = record.versions.find((v) => v.version === chosen) ?? record.versions[0]
  if (version === undefined) return null
  return (
    <>
      {record.minimised && <Alert type="info" showIcon title={t('record.minimised')} />}
      <Way version={version} />
      <div className="record-grid">
        <div className="record-main">
          <VersionPicker record={record} chosen={version.version} />
          <VersionContent key={version.version} version={version} />
        </div>
        <div className="record-side">
          <ReceiptPanel key={version.version} version={version} />
          <Provenance version={version} />
          <Findings key={version.version} version={version} />
        </div>
      </div>
    </>
  )
}
