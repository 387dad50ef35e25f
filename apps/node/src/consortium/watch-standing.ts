/**
 * Tells the operator where the own organisation stands on the chain of a consortium: not admitted yet, admitted, suspended, gone, or with
 * another validator key than this home's. A node that is not admitted waits; nothing here stops it.
 */
import type { Engine } from '@meridian/engine'
import { membershipQueries } from '@meridian/ledger'
import { equalBytes } from '@meridian/protocol'
import type { Bilingual } from '../command-line/command.ts'

/** What is looked at. */
export interface StandingParts {
  readonly engine: Pick<Engine, 'state' | 'status'>
  readonly organisation: string
  /** Of the validator key in this home. */
  readonly validatorKeyId: Uint8Array
}

/** Where it stands, by the newest state that this node has. */
export type Standing = 'waiting' | 'member' | 'other-validator-key' | 'suspended' | 'exited'

/** Reads it. */
export function standingOf({ engine, organisation, validatorKeyId }: StandingParts): Standing {
  const member = membershipQueries.organisationOf(engine.state, organisation)
  if (member === undefined || !['active', 'suspended', 'exited'].includes(member.status)) return 'waiting'
  if (member.status === 'exited' || member.status === 'suspended') return member.status
  const registered = membershipQueries.validatorKeyOf(engine.state, organisation)
  const isOther = registered === undefined || !equalBytes(registered, validatorKeyId)
  return member.memberClass === 'core' && isOther ? 'other-validator-key' : 'member'
}

/** What is said when a standing begins; a member that was never anything else says nothing. */
const texts: Readonly<Record<Standing, Bilingual>> = {
  waiting: {
    en: 'As far as this node knows, its organisation is not admitted yet. The nodes of the members turn it away until the core members have voted; it waits and goes on by itself then. Leave it running.',
    zh: '就本节点所知，本机构尚未被接纳。在核心成员表决通过之前，其他成员的节点不会接受连接；本节点会等待，通过后自动继续，请保持运行。',
  },
  member: {
    en: 'This organisation is a member of the chain, and its node takes part.',
    zh: '本机构是本链的成员，节点已参与。',
  },
  'other-validator-key': {
    en: 'The ledger has another validator key for this organisation than this home, so this node does not vote. When it has caught up: meridian keys rotate --purpose validator.',
    zh: '账本中本机构的验证者密钥与本目录的不同，本节点不参与投票。同步完成后请运行 meridian keys rotate --purpose validator。',
  },
  suspended: {
    en: 'This organisation is suspended: it may revoke, erase, correct and report, and nothing else, until the core members reinstate it.',
    zh: '本机构已被暂停：在核心成员恢复其资格之前，只能吊销、删除、更正和法定上报。',
  },
  exited: {
    en: 'This organisation has left the chain. What it anchored stays verifiable; stop this node and keep its home.',
    zh: '本机构已退出本链，此前锚定的内容仍可核验；请停止本节点并保留其数据目录。',
  },
}

const LOOK_MS = 2_000

/** Who is told, and how waiting is done. */
export interface StandingWatch extends StandingParts {
  readonly log: (text: string) => void
  readonly pause: (timeoutMs: number, signal: AbortSignal) => Promise<void>
}

/** Looks now and again until it is closed, and says what has changed. */
export function watchStanding(parts: StandingWatch): { close(): Promise<void> } {
  const closing = new AbortController()
  const watching = watch(parts, closing.signal)
  return {
    close() {
      closing.abort()
      return watching
    },
  }
}

async function watch(parts: StandingWatch, signal: AbortSignal): Promise<void> {
  let said: Standing = 'member'
  while (!signal.aborted) {
    const standing = standingOf(parts)
    if (standing !== said) {
      const { en, zh } = texts[standing]
      parts.log(`membership ${standing}, height ${parts.engine.status().height}: ${en} ${zh}`)
      said = standing
    }
    await parts.pause(LOOK_MS, signal)
  }
}
