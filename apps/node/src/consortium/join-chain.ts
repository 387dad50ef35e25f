/** Takes the genesis document of a consortium into a home that has its keys: once, and never another one but the one that goes on from its own. */
import { existsSync, readFileSync } from 'node:fs'
import {
  decodeGenesis,
  equalBytes,
  type GenesisDocument,
  isRefusal,
  refusalText,
  type Suite,
} from '@meridian/protocol'
import { UsageError } from '../command-line/command.ts'
import { writeWhole } from '../home/durable-file.ts'
import type { Home } from '../home/home.ts'
import { openKeyFile } from '../home/key-file.ts'
import { growHome, isGrowing, putOwnChainAside } from './grow-home.ts'

/** Whose home it is. */
export interface JoinParts {
  readonly suite: Suite
  readonly organisation: string
  readonly passphrase: string
}

/** Writes it. @throws UsageError when it is no genesis document, another chain is there already, or the founder's key is another. */
export async function joinChain(
  home: Home,
  bytes: Uint8Array,
  { suite, organisation, passphrase }: JoinParts,
): Promise<GenesisDocument> {
  const genesis = decodeGenesis(bytes)
  if (isRefusal(genesis)) throw new UsageError(refusalText(genesis), genesis.code)
  if (existsSync(home.genesis)) {
    if (equalBytes(readFileSync(home.genesis), bytes)) {
      await putOwnChainAside(home, genesis, suite)
      return genesis
    }
    if (isGrowing(home, genesis, suite)) {
      checkOwnKeys(home, genesis, { organisation, passphrase })
      await growHome(home, genesis, suite)
      return genesis
    }
    throw new UsageError(
      {
        zh: `${home.dir} 已属于另一条链。请用 --home 指定新的数据目录。`,
        en: `${home.dir} belongs to another chain already. Give a new folder with --home.`,
      },
      'join.other-chain',
    )
  }
  checkOwnKeys(home, genesis, { organisation, passphrase })
  writeWhole(home.genesis, Buffer.from(bytes).toString('utf8'))
  return genesis
}

/** A founder whose card was swapped for another's would wait for ever; better to say it now. */
function checkOwnKeys(
  home: Home,
  genesis: GenesisDocument,
  { organisation, passphrase }: Omit<JoinParts, 'suite'>,
): void {
  const founder = genesis.organisations.find(({ id }) => id === organisation)
  if (founder === undefined) return
  const { publicKey } = openKeyFile(home, 'statement', passphrase)
  if (founder.keys.some((key) => equalBytes(key.publicKey, publicKey))) return
  throw new UsageError(
    {
      zh: `创世文件中 ${organisation} 的密钥不是本目录中的密钥。请核对名片的指纹词后重新生成创世文件。`,
      en: `The genesis document has another key for ${organisation} than this home. Compare the words of the card and found the chain again.`,
    },
    'join.other-key',
  )
}
