/** The files a stranger needs: receipt, trust file, and — with its warning — the record with its secret. */
import { App, Dropdown } from 'antd'
import type { VersionDocument } from '../../api/documents.ts'
import { useSession } from '../../api/session.tsx'
import '../../show/download-button.css'
import { Icon } from '../../show/icon.tsx'
import { saveFile } from '../../show/save-file.ts'
import { useWords, type WordKey } from '../../words/words.tsx'

type FileKind = 'receipt' | 'export' | 'trust'

/** A button with a menu of files. */
export function Downloads({ version, mayExport }: { version: VersionDocument; mayExport: boolean }) {
  const { t, say } = useWords()
  const { client } = useSession()
  const { message, modal } = App.useApp()
  const base = `/api/records/${version.type}/${version.id}/${version.version}`
  const paths: Readonly<Record<FileKind, string>> = {
    receipt: `${base}/receipt`,
    export: `${base}/export`,
    trust: '/api/trust',
  }
  const names: Readonly<Record<FileKind, string>> = {
    receipt: `${version.type}-${version.id}-v${version.version}.receipt.json`,
    export: `${version.type}-${version.id}-v${version.version}.record.json`,
    trust: 'trust.json',
  }
  const take = async (kind: FileKind) => {
    const answer = await client.getBytes(paths[kind])
    if (answer.ok) saveFile(names[kind], answer.value)
    else message.error(say(answer.refused.message))
  }
  const choose = (kind: FileKind) => {
    if (kind !== 'export') return void take(kind)
    modal.confirm({
      title: t('receipt.export-title'),
      content: t('receipt.export-warning'),
      okText: t('receipt.export'),
      onOk: () => take('export'),
    })
  }
  const kinds: readonly FileKind[] = mayExport ? ['receipt', 'trust', 'export'] : ['receipt', 'trust']
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: kinds.map((key) => ({ key, label: t(`receipt.${key}` as WordKey) })),
        onClick: ({ key }) => choose(key as FileKind),
      }}
    >
      <button type="button" className="download-button">
        <Icon name="download" /> {t('receipt.files')}
      </button>
    </Dropdown>
  )
}
