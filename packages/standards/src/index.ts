/** What `@meridian/standards` offers to other packages. */

export type { ArtefactPackage } from './artefacts/artefact-package.ts'
export { isListedFile, openPackage } from './artefacts/artefact-package.ts'
export type { ElementChange } from './artefacts/artefact-reader.ts'
export { comparePackages } from './artefacts/compare-packages.ts'
export { contentHashOf, type Manifest, manifestText } from './artefacts/manifest.ts'
export { areFindings } from './artefacts/manifest-fields.ts'
export { packFolder, readFolderFiles, readPackageFolder } from './artefacts/read-folder.ts'
export { readManifest } from './artefacts/read-manifest.ts'
export { readerFor } from './artefacts/readers.ts'
export { readVectors, runVectors } from './artefacts/run-vectors.ts'
export { readShippedPackages } from './artefacts/shipped-packages.ts'
export { checkText, fileLimits, type TextForm } from './check-text.ts'
export {
  absentReasonExtension,
  ethnicGroupExtension,
  frontPageMarks,
  nationalSystems,
  sexCodeExtension,
} from './cn/national-codes.ts'
export { readCapabilityFile } from './conversion/capability-reader.ts'
export {
  type ConversionDocument,
  decodeConversion,
  encodeConversion,
  sealConversion,
  termsHash,
} from './conversion/conversion-document.ts'
export { convertRecord, type Translate } from './conversion/convert-record.ts'
export type { Capability } from './conversion/speaks.ts'
export { contentOf } from './data-files.ts'
export type { DataElement, ElementCatalogue } from './elements/data-element.ts'
export { type ElementValue, viewElements, writeElements } from './elements/element-view.ts'
export { type ImportedElements, importElements } from './elements/import-elements.ts'
export { shippedDataSet, shippedElements, shippedTemplate } from './elements/shipped.ts'
export { type Bilingual, type Finding, hasErrors, isFinding, type Severity } from './finding.ts'
export { type FindingCode, findingCodes, findingOf, findingWords } from './findings-catalogue.ts'
export { checkIdNumber, type IdNumberProblem, type IdNumberReading, upgrade15 } from './gb11643.ts'
export { chsDrgHead } from './grouper/chs-drg.ts'
export { codeLines } from './grouper/code-lines.ts'
export { type Episode, readEpisode } from './grouper/episode.ts'
export { episodeOfFhir, type SideBySide } from './grouper/episode-of-fhir.ts'
export { type Grouping, groupEpisode } from './grouper/group-episode.ts'
export {
  CODES_FILE,
  GROUPER_FILE,
  grouperReader,
  readGrouper,
  readWeights,
} from './grouper/grouper-reader.ts'
export { type GrouperCode, type GrouperTables, grouperTablesOf } from './grouper/grouper-tables.ts'
export { importCodeList } from './grouper/import-code-list.ts'
export { type Alternative, whatWouldChange } from './grouper/what-would-change.ts'
export { type ConceptMap, conceptMapOf, type MapRow } from './maps/concept-map.ts'
export { readConceptMap } from './maps/concept-map-reader.ts'
export { readFhirConceptMap } from './maps/import/fhir-concept-map.ts'
export { importMapTable } from './maps/import/import-map.ts'
export { mapTableForms } from './maps/import/table-forms.ts'
export { readRow as readMapRow, writeRow as writeMapRow } from './maps/map-rows.ts'
export type { MapContext } from './maps/map-rule.ts'
export { type Translation, translate } from './maps/translate.ts'
export {
  type Comparator,
  type Measurement,
  readMeasurement,
  readMeasurementIn,
  toCanonicalUnit,
  type UnitSources,
  ucumUnit,
} from './measurement.ts'
export { isPrimitive } from './primitive-forms.ts'
export { rulesOf } from './rules/read-rules.ts'
export type { Rule } from './rules/rule.ts'
export { createRuleCheck, type RuleCheck } from './rules/rule-check.ts'
export { instantiate, type Template } from './rules/template.ts'
export { loadStandardsSet, type StandardsItem, type StandardsSet, standardsSetOf } from './standards-set.ts'
export {
  type CheckOptions,
  createValidator,
  type ProfileName,
  profileNames,
  type Validator,
} from './validator.ts'
