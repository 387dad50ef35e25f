/** Every route of the ledger door. */
import type { LedgerRoute } from './ledger-route.ts'
import { askConsensus } from './routes/ask-consensus.ts'
import { countersign } from './routes/countersign.ts'
import { readArtefact } from './routes/read-artefact.ts'
import { readBlock } from './routes/read-block.ts'
import { readCheckpoint } from './routes/read-checkpoint.ts'
import { readLightBlock } from './routes/read-light-block.ts'
import { readMembers } from './routes/read-members.ts'
import { readParameters } from './routes/read-parameters.ts'
import { readProof } from './routes/read-proof.ts'
import { readProposals } from './routes/read-proposals.ts'
import { readReceiptEvidence } from './routes/read-receipt-evidence.ts'
import { registryRoutes } from './routes/read-registry.ts'
import { readStatement } from './routes/read-statement.ts'
import { readStatus } from './routes/read-status.ts'
import { readTrust } from './routes/read-trust.ts'
import { submitStatement } from './routes/submit-statement.ts'

/** The table that the door registers and the in-process transport looks up. */
export const ledgerRoutes: readonly LedgerRoute[] = [
  submitStatement,
  readStatus,
  readBlock,
  readLightBlock,
  readCheckpoint,
  readTrust,
  countersign,
  readStatement,
  readReceiptEvidence,
  readProof,
  readMembers,
  readProposals,
  readParameters,
  ...registryRoutes,
  readArtefact,
  askConsensus,
]
