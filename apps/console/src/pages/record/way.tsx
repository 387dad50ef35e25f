/** The way of one version through the corridor: its stations with their times, and each lag with its two ends. */
import type { VersionDocument } from '../../api/documents.ts'
import { routeTo } from '../../route/route.ts'
import { Icon } from '../../show/icon.tsx'
import { Panel } from '../../show/panel.tsx'
import { localTime } from '../../show/when.tsx'
import { useWords, type WordKey } from '../../words/words.tsx'
import { lagBetween } from './lag.ts'

interface Station {
  readonly name: WordKey
  readonly about: WordKey
  readonly iso: string | undefined
  readonly href?: string
}

function stations({ times, height }: VersionDocument): Station[] {
  const outside: Station[] = [
    { name: 'time.clinical', about: 'way.clinical', iso: times.clinical },
    { name: 'time.message', about: 'way.message', iso: times.message },
  ]
  return [
    ...outside.filter((station) => station.iso !== undefined),
    { name: 'time.received', about: 'way.received', iso: times.received },
    { name: 'time.stored', about: 'way.stored', iso: times.stored },
    { name: 'time.submitted', about: 'way.submitted', iso: times.submitted },
    {
      name: 'time.committed',
      about: 'way.committed',
      iso: times.committed,
      ...(height === undefined ? {} : { href: routeTo('ledger', [height]) }),
    },
  ]
}

/** The stations in a row, or one under the other on a narrow screen. */
export function Way({ version }: { version: VersionDocument }) {
  const words = useWords()
  const { t } = words
  const all = stations(version)
  return (
    <Panel
      title={t('record.way')}
      aside={<span className="num">{t('record.version-n', { n: version.version })}</span>}
    >
      <ol className="way">
        {all.map((station, i) => {
          const before = all[i - 1]
          const lag = before && lagBetween(before.iso, station.iso, words)
          const reached = station.iso !== undefined
          return (
            <li key={station.name} className={reached ? 'way-reached' : 'way-ahead'}>
              {lag && (
                <span className="way-lag num" title={`${t(before.name)} → ${t(station.name)}`}>
                  {lag}
                </span>
              )}
              <span className="way-dot">{reached && <Icon name="check" size={12} />}</span>
              <b>{t(station.name)}</b>
              <span className="num way-time">
                {station.iso === undefined ? t('way.waiting') : localTime(station.iso)}
              </span>
              <span className="quiet way-about">
                {station.href === undefined ? (
                  t(station.about)
                ) : (
                  <a href={station.href}>{t('way.in-block', { n: version.height ?? 0 })}</a>
                )}
              </span>
            </li>
          )
        })}
      </ol>
    </Panel>
  )
}
