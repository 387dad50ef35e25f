/** Writes the files of the made-up hospital day, so that a person can look at what is taken in. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import type { ConfiguredSource } from '../home/configuration.ts'
import { clinicVitals } from './clinic-csv.ts'
import { deviceReadings, transferBundle } from './fhir-files.ts'
import { admissions, laboratory, mistakes, vaccinations } from './hl7-files.ts'
import { people } from './people.ts'
import { seeded } from './seeded.ts'

/** One file of the day and the source it comes from. */
export interface SampleFile {
  readonly file: string
  readonly source: string
}

const source = (
  name: string,
  kind: ConfiguredSource['kind'],
  more: Partial<ConfiguredSource> = {},
): ConfiguredSource => ({
  name,
  kind,
  profile: 'cn-national',
  timeZone: '+08:00',
  captureMethod: 'interface',
  ackAfter: 'stored',
  onBadValue: 'refuse',
  ...more,
})

/** The systems of the made-up hospital. */
export const sampleSources: readonly ConfiguredSource[] = [
  source('his', 'hl7v2'),
  source('lis', 'hl7v2', { captureMethod: 'device' }),
  source('vaccination', 'hl7v2'),
  source('partner-hospital', 'fhir', { profile: 'r4' }),
  source('bedside-monitors', 'fhir', { profile: 'r4', captureMethod: 'device' }),
  source('township-clinic', 'csv', { captureMethod: 'manual', mapping: 'clinic-vital-signs' }),
]

/** Writes the day into `dir` and names its files in the order in which they arrive. The same bytes on every machine. */
export function writeSampleDay(dir: string): readonly SampleFile[] {
  const chance = seeded(20_261_123)
  const everyone = people(chance, 120)
  const files: readonly [file: string, source: string, content: string | Buffer][] = [
    ['1-admissions.hl7', 'his', admissions(everyone)],
    ['2-laboratory.hl7', 'lis', laboratory(chance, everyone)],
    ['3-vaccinations.hl7', 'vaccination', vaccinations(chance, everyone)],
    ['4-transfer.json', 'partner-hospital', transferBundle(everyone[10] as never)],
    ['5-bedside.ndjson', 'bedside-monitors', deviceReadings(chance, 60)],
    // As the clinic's spreadsheet writes it: GB18030.
    [
      '6-clinic.csv',
      'township-clinic',
      iconv.encode(clinicVitals(chance, everyone.slice(40, 70)), 'gb18030'),
    ],
    ['7-mistakes.hl7', 'lis', mistakes(chance, everyone)],
    ['8-sent-again.hl7', 'his', admissions(everyone.slice(0, 5))],
  ]
  mkdirSync(dir, { recursive: true })
  for (const [file, , content] of files) writeFileSync(join(dir, file), content)
  return files.map(([file, name]) => ({ file: join(dir, file), source: name }))
}
