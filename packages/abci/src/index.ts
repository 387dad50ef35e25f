/** What users of this package see. */
export type { AbciApplication, Answer } from './application.ts'
export { AbciFailure, type AbciFailureCode } from './failure.ts'
export type * from './messages/chain.ts'
export type * from './messages/consensus.ts'
export type * from './messages/mempool.ts'
export type * from './messages/query.ts'
export type * from './messages/snapshot.ts'
export { noSnapshots } from './no-snapshots.ts'
export {
  type AbciAddress,
  type AbciServer,
  type ServeAbciOptions,
  serveAbci,
} from './serve-abci.ts'
export type { ConnectionStatus } from './server/connection.ts'
export { type AbciLimits, DEFAULT_LIMITS } from './server/limits.ts'
export type { Role } from './server/role.ts'
