/** What the configuration of an HL7 v2 source may add to a {@link Source}: its character set and the units it never sends. */
import type { Source } from '../source.ts'
import { type Charset, charsetNamed } from './charset.ts'

/** Settings of an HL7 v2 source: a name of HL7 table 0211 (`GB 18030-2000`, `GBK`); units by the code of OBX-3 (`{"8310-5": "℃"}`). */
export type Hl7SourceSettings = Pick<Source, 'charset' | 'units'>

/** Reads the settings; a source without them has none. A character set nobody knows counts as not set. */
export function hl7SettingsOf(source: Source): {
  readonly charset?: Charset
  readonly unitOf: (code: string) => string | undefined
} {
  const charset = source.charset === undefined ? undefined : charsetNamed(source.charset)
  const { units } = source
  const unitOf = (code: string) =>
    units !== undefined && Object.hasOwn(units, code) ? units[code] : undefined
  return charset === undefined ? { unitOf } : { charset, unitOf }
}
