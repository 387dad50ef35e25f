/** What outsiders may use of the gateway: the corridor, its readers, its anchor room, its doors and its words. */
export { type AnchorEvent, type Anchoring, type BatchPolicy, startAnchoring } from './anchor/anchor.ts'
export type { AnchorLedger, StatementPlace } from './anchor/anchor-ledger.ts'
export { LedgerRefused } from './anchor/ledger-refused.ts'
export { explain, type Words } from './catalogue.ts'
export type { Arrival } from './connect/arrival.ts'
export type { CsvReading } from './connect/csv-rows.ts'
export { watchFolder } from './connect/folder/watch-folder.ts'
export { defaultMllpLimits, type MllpLimits } from './connect/hl7v2/mllp-limits.ts'
export { startMllpServer } from './connect/hl7v2/mllp-server.ts'
export { fileKindOf, readFile } from './connect/read-file.ts'
export type { ReadingTools } from './connect/reading.ts'
export type { Position } from './connect/received.ts'
export type { CaptureMethod, Source, SourceProfile } from './connect/source.ts'
export { tableRows } from './connect/table-cells.ts'
export { type Corridor, type CorridorEvent, createCorridor, type Sent } from './corridor.ts'
export { adminDoor } from './doors/admin/admin-door.ts'
export { consoleFiles } from './doors/admin/console-files.ts'
export type { ValidatorRow, ValidatorsDocument } from './doors/admin/consortium-needs.ts'
export type { MappingsNeed } from './doors/admin/mappings/mapping-needs.ts'
export type {
  AdminNeeds,
  BlockSigner as AdminBlockSigner,
  LedgerBlock as AdminLedgerBlock,
} from './doors/admin/needs.ts'
export { type DoorLimits, defaultDoorLimits } from './doors/door-limits.ts'
export { type DoorRefusal, doorRefusal, sendDoorRefusal } from './doors/door-refusals.ts'
export { fhirBasePath, fhirDoor } from './doors/fhir-rest/fhir-door.ts'
export { defaultFhirDoorLimits, type FhirDoorLimits, type FhirDoorNeeds } from './doors/fhir-rest/needs.ts'
export { readJsonBodies, requestRefusal } from './doors/json-bodies.ts'
export { limitCalls } from './doors/limit-calls.ts'
export type { Rate } from './doors/rate-limit.ts'
export { shippedMappingsDir } from './mappings-dir.ts'
export type { Outcome } from './outcome.ts'
export { compareRuns } from './quality/compare-runs.ts'
export { compareSources } from './quality/compare-sources.ts'
export { qualityBreakdown, qualityCsv, qualityReport } from './quality/quality-report.ts'
export { runQuality } from './quality/run-quality.ts'
export {
  buildQualityScore,
  decodeQualityScore,
  encodeQualityScore,
  type QualityScore,
  qualityClaim,
} from './quality/score-document.ts'
export {
  groupLikeErrors,
  likeErrorsOf,
  markedText,
  valuesFound,
  wordsOf,
} from './quarantine/like-errors.ts'
export { mendGroup } from './quarantine/mend-group.ts'
export type { RoomRefusal } from './room-refusal.ts'
export type { CsvMapping } from './standardise/csv-to-fhir/csv-mapping.ts'
export { isCsvMapping, readCsvMapping } from './standardise/csv-to-fhir/read-csv-mapping.ts'
export { recordIdOfSender } from './standardise/fhir/record-identity.ts'
export { type ResourceAddress, readAddress } from './standardise/fhir/sender-urls.ts'
export { toolsFor } from './standardise/source-tools.ts'
export { startConversion } from './standardise/start-conversion.ts'
export { type MappingPreview, previewMapping } from './workbench/preview-mapping.ts'
