/** A block as the ledger page shows it: a row of the list, and in full with statements and sub-roots. */
import type { LedgerBlock } from '../needs.ts'
import { type StatementDocument, statementDocument } from './statement-document.ts'

/** A row of the list of blocks. */
export interface BlockRow {
  readonly height: number
  readonly time: string
  readonly hash: string
  readonly appHash: string
  readonly statements: number
  readonly refused: number
  readonly logSize: number
}

/** A block in full. `signatures` of `validators` signed it. */
export interface BlockDocument extends Omit<BlockRow, 'statements'> {
  readonly proposer: string
  readonly signatures: number
  readonly validators: number
  readonly logRoot: string
  readonly subRoots: LedgerBlock['subRoots']
  readonly statements: readonly StatementDocument[]
}

/** The row of a block. Pure. */
export function blockRow(block: LedgerBlock): BlockRow {
  const { height, time, hash, appHash, logSize } = block
  const refused = block.results.filter((code) => code !== undefined).length
  return { height, time, hash, appHash, logSize, statements: block.statements.length, refused }
}

/** The whole of a block. Pure. */
export function blockDocument(block: LedgerBlock): BlockDocument {
  const { proposer, signatures, validators, logRoot, subRoots } = block
  return {
    ...blockRow(block),
    ...{ proposer, signatures, validators, logRoot, subRoots },
    statements: block.statements.map((bytes, i) => statementDocument(bytes, i, block.results[i])),
  }
}
