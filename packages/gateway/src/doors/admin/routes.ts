/** Every route of the admin door, in the order of the console's pages. */
import type { AdminRoute } from './admin-route.ts'
import { groupAnEpisode, listGroupers } from './grouper/grouper-routes.ts'
import { keepMapping, listMappings, previewAMapping } from './mappings/mapping-routes.ts'
import { listMaps, translateByMap } from './maps/maps-routes.ts'
import {
  listQualityFailures,
  listQualityRuns,
  readQualityCsv,
  readQualityRun,
  readQualityTrend,
  setQualityThreshold,
  startQualityRun,
} from './quality/quality-routes.ts'
import {
  listMembers,
  listProposals,
  propose,
  readAlarms,
  readCertificate,
  readParameters,
  readValidators,
  vote,
} from './routes/consortium-routes.ts'
import { followCorridor, readCorridor } from './routes/corridor-routes.ts'
import { listBlocks, readBlock, readLedgerStatus } from './routes/ledger-routes.ts'
import { listLikeErrors, listLikeValues, mendLikeErrors } from './routes/like-error-routes.ts'
import {
  dismissQuarantine,
  listQuarantine,
  listQuarantineGroups,
  mendQuarantine,
  readQuarantine,
  retryQuarantine,
  retryQuarantineGroup,
} from './routes/quarantine-routes.ts'
import {
  exportRecord,
  judgeRecord,
  listRecords,
  readReceipt,
  readRecord,
  readTrust,
} from './routes/record-routes.ts'
import { readSession, signIn, signOut } from './routes/session-routes.ts'
import { changeUser, createUser, listUsers } from './routes/user-routes.ts'
import { compareStandards, listConflicts, listStandards, readStandard } from './standards/standards-routes.ts'
import {
  listReleases,
  readConcept,
  searchConcepts,
  suggestConcepts,
} from './terminology/terminology-routes.ts'

/** The table that the door registers. */
export const adminRoutes: readonly AdminRoute[] = [
  signIn,
  readSession,
  signOut,
  readCorridor,
  followCorridor,
  listRecords,
  readRecord,
  judgeRecord,
  readReceipt,
  exportRecord,
  readTrust,
  listQuarantineGroups,
  listLikeErrors,
  listLikeValues,
  mendLikeErrors,
  listQuarantine,
  readQuarantine,
  mendQuarantine,
  retryQuarantine,
  retryQuarantineGroup,
  dismissQuarantine,
  listMappings,
  previewAMapping,
  keepMapping,
  listMaps,
  translateByMap,
  listReleases,
  searchConcepts,
  readConcept,
  suggestConcepts,
  listGroupers,
  groupAnEpisode,
  listStandards,
  readStandard,
  compareStandards,
  listConflicts,
  listQualityRuns,
  startQualityRun,
  readQualityRun,
  readQualityCsv,
  listQualityFailures,
  readQualityTrend,
  setQualityThreshold,
  readLedgerStatus,
  listBlocks,
  readBlock,
  listMembers,
  readCertificate,
  listProposals,
  readParameters,
  propose,
  vote,
  readValidators,
  readAlarms,
  listUsers,
  createUser,
  changeUser,
]
