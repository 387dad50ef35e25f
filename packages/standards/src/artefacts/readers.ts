/** Every reader of artefact content, one line each. The order matters only among the forms of one kind. */

import { capabilityReader } from '../conversion/capability-reader.ts'
import { catalogueReader, dataSetReader } from '../elements/read-catalogue.ts'
import { grouperReader } from '../grouper/grouper-reader.ts'
import { conceptMapReader } from '../maps/concept-map-reader.ts'
import { qualityRulesReader } from '../quality/quality-rules-reader.ts'
import { profileReader, ruleSetReader } from '../rules/read-rules.ts'
import { templateReader } from '../rules/template.ts'
import { codeSystemReader } from '../terminology/code-system-reader.ts'
import type { ArtefactReader } from './artefact-reader.ts'
import type { ArtefactKind } from './manifest.ts'
import { unitSpellingsReader } from './unit-spellings-reader.ts'
import { valueRangesReader } from './value-ranges-reader.ts'
import { valueSetReader } from './value-set-reader.ts'

const readers: readonly ArtefactReader<unknown>[] = [
  conceptMapReader as ArtefactReader<unknown>,
  grouperReader as ArtefactReader<unknown>,
  capabilityReader as ArtefactReader<unknown>,
  valueSetReader,
  codeSystemReader as ArtefactReader<unknown>,
  unitSpellingsReader,
  valueRangesReader,
  qualityRulesReader,
  catalogueReader,
  dataSetReader,
  ruleSetReader,
  profileReader,
  templateReader,
]

/** The reader of a package: of its kind, and of the form whose file it has. */
export function readerFor({
  manifest,
  files,
}: {
  readonly manifest: { readonly kind: ArtefactKind }
  readonly files: ReadonlyMap<string, unknown>
}): ArtefactReader<unknown> | undefined {
  return readers.find(({ kind, file }) => kind === manifest.kind && (file === undefined || files.has(file)))
}
