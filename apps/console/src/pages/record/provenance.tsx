/** Provenance: which doctor, which equipment, which system and message, how captured, by which map. */
import type { ProvenanceDocument, VersionDocument } from '../../api/documents.ts'
import { Icon } from '../../show/icon.tsx'
import { captureName, participantName } from '../../show/kind-name.ts'
import { Pair, Pairs } from '../../show/pairs.tsx'
import { Panel } from '../../show/panel.tsx'
import { When } from '../../show/when.tsx'
import { useWords } from '../../words/words.tsx'

/** Nothing when the version was erased. */
export function Provenance({ version }: { version: VersionDocument }) {
  const { t } = useWords()
  const { provenance } = version
  if (provenance === undefined) return null
  return (
    <Panel title={t('record.provenance')}>
      <ul className="participants">
        {provenance.participants.map((participant, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: participants have no identity of their own and never move.
          <Participant key={i} participant={participant} />
        ))}
      </ul>
      <Facts provenance={provenance} source={version.source} />
    </Panel>
  )
}

function Participant({ participant }: { participant: ProvenanceDocument['participants'][number] }) {
  const words = useWords()
  const { kind, name, identifier, role, onBehalfOf } = participant
  return (
    <li>
      <Icon name={kind === 'Device' ? 'device' : 'person'} />
      <div>
        <b>{name ?? identifier ?? words.t('record.name-withheld')}</b>
        {name !== undefined && identifier !== undefined && <span className="mono quiet"> {identifier}</span>}
        <div className="quiet">
          {participantName(role, words)}
          {onBehalfOf !== undefined && ` · ${onBehalfOf}`}
        </div>
      </div>
    </li>
  )
}

function Facts({ provenance, source }: { provenance: ProvenanceDocument; source: string }) {
  const words = useWords()
  const { t } = words
  const { captureMethod, map, recorded } = provenance
  const record = provenance.sources[0]?.record
  return (
    <Pairs>
      <Pair name={t('records.source')}>{source}</Pair>
      <Pair name={t('record.source-record')}>{record && <span className="mono">{record}</span>}</Pair>
      <Pair name={t('record.event')}>{provenance.event}</Pair>
      <Pair name={t('records.capture')}>{captureMethod && captureName(captureMethod, words)}</Pair>
      <Pair name={t('record.map')}>{map && <span className="mono">{map}</span>}</Pair>
      <Pair name={t('time.received')}>{recorded && <When iso={recorded} />}</Pair>
    </Pairs>
  )
}
