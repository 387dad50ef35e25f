/** Which configured source an item belongs to, and the sources that files fall to when none is named. */
import type { Source } from '@meridian/gateway'
import type { Configuration, ConfiguredSource } from '../home/configuration.ts'

/** The source of what comes through the FHIR door; a source of this name in the configuration takes its place. */
export const restSourceName = 'fhir-rest'

/** Judged by FHIR R4 alone, since nothing is known of where a file without a source comes from. */
const fileSource = (kind: Source['kind'], mapping?: string): ConfiguredSource => ({
  name: `files-${kind}`,
  kind,
  profile: 'r4',
  timeZone: '+08:00',
  captureMethod: 'file',
  ackAfter: 'stored',
  onBadValue: 'refuse',
  ...(mapping === undefined ? {} : { mapping }),
})

/** The sources of the configuration and one for the files of each kind. */
export function createSources({ sources }: Pick<Configuration, 'sources'>) {
  const fallbacks = (['hl7v2', 'fhir', 'csv'] as const).map((kind) => fileSource(kind))
  const rest: ConfiguredSource = { ...fileSource('fhir'), name: restSourceName, captureMethod: 'interface' }
  const byName = new Map([...fallbacks, rest, ...sources].map((source) => [source.name, source]))
  return {
    named: (name: string): ConfiguredSource | undefined => byName.get(name),
    forFile: (kind: Source['kind'], name?: string): ConfiguredSource | undefined => {
      const source = byName.get(name ?? `files-${kind}`)
      return source?.kind === kind ? source : undefined
    },
  }
}
