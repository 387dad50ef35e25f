/** Reads the genesis document of a home. */
import { existsSync, readFileSync } from 'node:fs'
import { decodeGenesis, type GenesisDocument, genesisHash, isRefusal, type Suite } from '@meridian/protocol'
import { OutsideFailure } from '../command-line/command.ts'
import type { Home } from '../home/home.ts'

/** @throws OutsideFailure when it is missing or was altered. */
export function readGenesis(home: Home, suite: Suite): { genesis: GenesisDocument; genesisHash: Uint8Array } {
  if (!existsSync(home.genesis)) throw notJoined(home)
  const genesis = decodeGenesis(readFileSync(home.genesis))
  if (isRefusal(genesis)) {
    throw new OutsideFailure({
      zh: `创世文件 ${home.genesis} 无法读取（${genesis.code}）。请从备份恢复。`,
      en: `The genesis document ${home.genesis} cannot be read (${genesis.code}). Restore it from a backup.`,
    })
  }
  return { genesis, genesisHash: genesisHash(suite, genesis) }
}

function notJoined(home: Home): OutsideFailure {
  return new OutsideFailure({
    zh: `${home.dir} 还没有加入任何链。请用 meridian join 装入创世文件，或从备份恢复 ${home.genesis}。`,
    en: `${home.dir} belongs to no chain yet. Take a genesis document in with meridian join, or restore ${home.genesis} from a backup.`,
  })
}
