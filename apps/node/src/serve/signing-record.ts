/** Who signed the newest blocks: kept as it goes on, because blocks never change and reading a hundred of them costs. */
import type { Engine, StoredBlock } from '@meridian/engine'
import { COMMIT_FLAG, type Suite, toHex, validatorAddress } from '@meridian/protocol'

/** What each validator of one block did, by its address in hex. */
export interface SignedBlock {
  readonly height: bigint
  readonly proposer: string
  readonly votes: ReadonlyMap<string, BlockVote>
}

/** A precommit for the block, for nil, or none that came in time. */
export type BlockVote = 'signed' | 'nil' | 'missed'

/** The window; oldest first. */
export interface SigningRecord {
  read(): readonly SignedBlock[]
}

/** How many blocks are shown. */
const WINDOW = 100

/** Over an engine; reads only what is new since the last time. */
export function createSigningRecord({ engine, suite }: RecordParts): SigningRecord {
  let known: readonly SignedBlock[] = []
  return {
    read() {
      const { height: head } = engine.status()
      const first = head > BigInt(WINDOW) ? head - BigInt(WINDOW) + 1n : 1n
      const next = (known.at(-1)?.height ?? 0n) + 1n
      const fresh: SignedBlock[] = []
      for (let height = next > first ? next : first; height <= head; height++) {
        const block = engine.block(height)
        if (block !== undefined) fresh.push(signedBlock(suite, block))
      }
      known = [...known, ...fresh].filter(({ height }) => height >= first)
      return known
    },
  }
}

interface RecordParts {
  readonly engine: Pick<Engine, 'status' | 'block'>
  readonly suite: Suite
}

/** The votes of one block. A commit has one entry for each validator, in the order of the set. */
export function signedBlock(
  suite: Suite,
  { height, header, commit, validators }: Pick<StoredBlock, 'height' | 'header' | 'commit' | 'validators'>,
): SignedBlock {
  const votes = new Map(
    validators.map(({ publicKey }, i) => [
      toHex(validatorAddress(suite, publicKey)),
      voteOf(commit.signatures[i]?.flag),
    ]),
  )
  return { height, proposer: toHex(header.proposerAddress), votes }
}

function voteOf(flag: number | undefined): BlockVote {
  if (flag === COMMIT_FLAG.commit) return 'signed'
  return flag === COMMIT_FLAG.nil ? 'nil' : 'missed'
}
