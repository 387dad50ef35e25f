/** Reads the genesis document of a home. */
import { readFileSync } from 'node:fs'
import { decodeGenesis, type GenesisDocument, genesisHash, isRefusal, type Suite } from '@meridian/protocol'
import { OutsideFailure } from '../command-line/command.ts'
import type { Home } from '../home/home.ts'

/** @throws OutsideFailure when it is missing or was altered. */
export function readGenesis(home: Home, suite: Suite): { genesis: GenesisDocument; genesisHash: Uint8Array } {
  const genesis = decodeGenesis(readFileSync(home.genesis))
  if (isRefusal(genesis)) {
    throw new OutsideFailure({
      zh: `创世文件 ${home.genesis} 无法读取（${genesis.code}）。请从备份恢复。`,
      en: `The genesis document ${home.genesis} cannot be read (${genesis.code}). Restore it from a backup.`,
    })
  }
  return { genesis, genesisHash: genesisHash(suite, genesis) }
}
