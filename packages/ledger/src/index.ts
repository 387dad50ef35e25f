/** What other packages may use of `ledger`. */
export type { Ledger, LedgerBlock, LedgerOptions, LedgerValidator } from './ledger.ts'
export { brokenInvariants, createLedger } from './ledger.ts'
export type { Misbehaviour } from './misbehaviour.ts'
export * as evidenceQueries from './modules/evidence/queries.ts'
export * as governanceQueries from './modules/governance/queries.ts'
export * as membershipQueries from './modules/membership/queries.ts'
export * as registryQueries from './modules/registry/queries.ts'
export type { StateEntry, StateView, WritableView } from './state-view.ts'
