/**
 * A consortium on one machine: every organisation has a home, keys, a vault and ports of its own under one folder, and is founded by the
 * same steps as on separate machines.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeGenesis } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import { UsageError } from '../command-line/command.ts'
import { readConfiguration } from '../home/configuration.ts'
import { type Home, homeAt, isHome } from '../home/home.ts'
import { readPassphrase } from '../home/passphrase.ts'
import { createMemberHome } from '../wiring/create-home.ts'
import { foundChain } from './found-chain.ts'
import { joinChain } from './join-chain.ts'
import { makeCard } from './make-card.ts'
import { decodeCard, encodeCard, NO_CHAIN } from './organisation-card.ts'
import { configurationOf, type MemberCounts, type PlannedMember, planMembers } from './plan-members.ts'

/** What `consortium init` is told. */
export interface LocalFounding extends MemberCounts {
  readonly directory: string
  readonly chainName: string
  /** Of the first console; the others follow. */
  readonly port: number
  readonly environment: NodeJS.ProcessEnv
  readonly now: Date
}

/** One member's home in the folder. */
export interface LocalMember {
  readonly id: string
  readonly home: Home
}

const GENESIS = 'genesis.json'

/** Founds it; a folder that holds one already is refused. @throws UsageError, OutsideFailure */
export async function foundLocally(founding: LocalFounding): Promise<readonly LocalMember[]> {
  const { directory, environment, now, chainName } = founding
  if (existsSync(join(directory, GENESIS))) throw founded(directory)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const members = planMembers(founding)
  for (const [i, member] of members.entries()) {
    const home = homeOf(directory, member)
    await createMemberHome(home, configurationOf(member, i, founding.port), { environment, now })
    writeFileSync(join(directory, `${member.id}.card.json`), cardOf(home, environment))
  }
  const cards = members.map(({ id }) => {
    const file = join(directory, `${id}.card.json`)
    return decodeCard(nodeSuite, readFileSync(file, 'utf8'), file)
  })
  const minValidators = Math.min(founding.validators, 4)
  const genesisTime = `${now.toISOString().slice(0, 19)}Z`
  const genesis = encodeGenesis(foundChain(cards, { chainName, genesisTime, minValidators }))
  for (const member of members) {
    const home = homeOf(directory, member)
    await joinChain(home, Buffer.from(genesis), {
      suite: nodeSuite,
      organisation: member.id,
      passphrase: readPassphrase(home, environment),
    })
  }
  writeFileSync(join(directory, GENESIS), genesis)
  return membersIn(directory)
}

const homeOf = (directory: string, { id }: PlannedMember): Home => homeAt(join(directory, id))

function cardOf(home: Home, environment: NodeJS.ProcessEnv): string {
  return encodeCard(
    makeCard(home, {
      suite: nodeSuite,
      configuration: readConfiguration(home, environment),
      passphrase: readPassphrase(home, environment),
      genesisHash: NO_CHAIN,
    }),
  )
}

/** The members of the consortium in a folder, in the order of their ports. @throws UsageError when there is none. */
export function membersIn(directory: string): readonly LocalMember[] {
  const names = existsSync(join(directory, GENESIS)) ? readdirSync(directory).sort() : []
  const members = names
    .map((id) => ({ id, home: homeAt(join(directory, id)) }))
    .filter(({ home }) => isHome(home))
  if (members.length === 0)
    throw new UsageError({
      zh: `${directory} 中没有联盟。请先运行 meridian consortium init --dir ${directory}。`,
      en: `There is no consortium in ${directory}. Run meridian consortium init --dir ${directory} first.`,
    })
  const portOf = ({ home }: LocalMember): number => readConfiguration(home, {}).listen.port
  return members.toSorted((a, b) => portOf(a) - portOf(b))
}

function founded(directory: string): UsageError {
  return new UsageError(
    {
      zh: `${directory} 中已有联盟。请换一个目录，或用 consortium up 启动它。`,
      en: `There is a consortium in ${directory} already. Give another folder, or start it with consortium up.`,
    },
    'consortium.exists',
  )
}
