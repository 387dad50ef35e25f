/** What is known of a refused item beside its text: room, code, place, source, times, size, who changed it. */
import type { QuarantineDocument } from '../../api/documents.ts'
import { formName } from '../../show/kind-name.ts'
import { Pair, Pairs } from '../../show/pairs.tsx'
import { Panel } from '../../show/panel.tsx'
import { placeName } from '../../show/place-name.ts'
import { Tag } from '../../show/tag.tsx'
import { When } from '../../show/when.tsx'
import { useWords } from '../../words/words.tsx'

/** A panel of pairs. */
export function ItemFacts({ item }: { item: QuarantineDocument }) {
  const words = useWords()
  const { t, count } = words
  return (
    <Panel title={t('quarantine.facts')}>
      <Pairs>
        <Pair name={t('quarantine.room')}>
          <Tag tone="warn">{t(`room.${item.room}`)}</Tag>
        </Pair>
        <Pair name={t('quarantine.code')}>
          <span className="mono">{item.code}</span>
        </Pair>
        <Pair name={t('quarantine.place')}>
          {item.place && <span className="mono">{placeName(item.place, words)}</span>}
        </Pair>
        <Pair name={t('records.source')}>{item.source}</Pair>
        <Pair name={t('quarantine.form')}>{formName(item.form, words)}</Pair>
        <Pair name={t('quarantine.control')}>
          <span className="mono">{item.controlId}</span>
        </Pair>
        <Pair name={t('quarantine.file')}>{item.position?.file}</Pair>
        <Pair name={t('quarantine.line')}>{item.position?.line}</Pair>
        <Pair name={t('time.received')}>{item.receivedTime && <When iso={item.receivedTime} />}</Pair>
        <Pair name={t('quarantine.refused')}>
          <When iso={item.refusedTime} />
        </Pair>
        <Pair name={t('quarantine.size')}>{t('quarantine.bytes', { n: count(item.size) })}</Pair>
        <Pair name={t('quarantine.charset')}>{item.textForm?.charset}</Pair>
        <Pair name={t('quarantine.attempts')}>{item.attempts}</Pair>
        <Pair name={t('quarantine.changed-by')}>{item.changedBy}</Pair>
      </Pairs>
    </Panel>
  )
}
