/** What other packages may use of `ledger`. */
export { LONGEST_LIFE_SECONDS } from './check-envelope.ts'
export type { Ledger, LedgerBlock, LedgerOptions } from './ledger.ts'
export { brokenInvariants, createLedger } from './ledger.ts'
export * as evidenceQueries from './modules/evidence/queries.ts'
export * as membershipQueries from './modules/membership/queries.ts'
export * as registryQueries from './modules/registry/queries.ts'
export type { StateEntry, StateView, WritableView } from './state-view.ts'
