/** A hash or an id: its first and last characters, whole in the title, copied with one press. */
import { App } from 'antd'
import { useWords } from '../words/words.tsx'
import { Icon } from './icon.tsx'
import './hash.css'

/** Shows `keep` characters at each end; short values are shown whole. */
export function Hash({ value, keep = 6, copy = true }: { value: string; keep?: number; copy?: boolean }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const short = value.length > keep * 2 + 2 ? `${value.slice(0, keep)}…${value.slice(-keep)}` : value
  const take = () =>
    navigator.clipboard.writeText(value).then(
      () => message.success(t('show.copied')),
      () => message.warning(t('show.copy-refused')),
    )
  return (
    <span className="hash">
      <span className="mono" title={value}>
        {short}
      </span>
      {copy && (
        <button type="button" className="hash-copy" onClick={take} aria-label={t('show.copy')}>
          <Icon name="copy" size={13} />
        </button>
      )}
    </span>
  )
}
