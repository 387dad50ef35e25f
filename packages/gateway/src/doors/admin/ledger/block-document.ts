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
  readonly proposer: string
  readonly proposerOrganisation?: string
  /** `signatures` of `validators` signed it. */
  readonly signatures: number
  readonly validators: number
}

/** A block in full. */
export interface BlockDocument extends Omit<BlockRow, 'statements'> {
  readonly signers: LedgerBlock['signers']
  readonly logRoot: string
  readonly subRoots: LedgerBlock['subRoots']
  readonly statements: readonly StatementDocument[]
}

/** The row of a block. Pure. */
export function blockRow(block: LedgerBlock): BlockRow {
  const { height, time, hash, appHash, logSize, proposer, proposerOrganisation, signers } = block
  return {
    ...{ height, time, hash, appHash, logSize, proposer },
    ...(proposerOrganisation === undefined ? {} : { proposerOrganisation }),
    statements: block.statements.length,
    refused: block.results.filter((code) => code !== undefined).length,
    signatures: signers.filter(({ vote }) => vote === 'signed').length,
    validators: signers.length,
  }
}

/** The whole of a block. Pure. */
export function blockDocument(block: LedgerBlock): BlockDocument {
  const { signers, logRoot, subRoots } = block
  return {
    ...blockRow(block),
    ...{ signers, logRoot, subRoots },
    statements: block.statements.map((bytes, i) => statementDocument(bytes, i, block.results[i])),
  }
}
