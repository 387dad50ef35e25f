/** What users of this package see. */
export type { AbciApplication, Answer } from './application.ts'
export type * from './messages/chain.ts'
export type * from './messages/consensus.ts'
export type * from './messages/mempool.ts'
export type * from './messages/query.ts'
export type * from './messages/snapshot.ts'
