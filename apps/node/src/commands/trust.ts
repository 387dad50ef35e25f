/** `meridian trust`: the file that a verifier pins: from the own node, from several members at once, or moved on to a newer block. */
import { ClientFailure, createHttpTransport, createLedgerClient, updateTrust } from '@meridian/client'
import {
  agreedTrust,
  CLOCK_DRIFT_NANOS,
  decodeTrust,
  encodeTrust,
  fingerprintWords,
  isRefusal,
  type Refusal,
  refusalText,
  type Trust,
  type TrustAnchor,
  toHex,
  trustFingerprint,
} from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import {
  type Command,
  type ExitCode,
  type Invocation,
  OutsideFailure,
  UsageError,
} from '../command-line/command.ts'
import { ask, option } from './ask.ts'
import { keep, output } from './keep-file.ts'
import { readNamed } from './read-file.ts'

const NANOS_PER_DAY = 86_400_000_000_000n

export const trust: Command = {
  name: 'trust',
  usage: '-o trust.json | --from A,B,C -o trust.json | update trust.json --from A [-o FILE] [--days 30]',
  summary: {
    zh: '取得或更新核验方需要固定的信任文件',
    en: 'get the trust file that a verifier pins, or move it on',
  },
  options: [
    output,
    {
      name: 'from',
      value: 'URLS',
      text: {
        zh: '成员节点的地址（逗号分隔）；各成员一致才采用',
        en: 'addresses of members, with commas; taken only when all agree',
      },
    },
    {
      name: 'days',
      value: 'N',
      text: { zh: '信任期，天（默认 30）', en: 'trust period in days (default 30)' },
    },
  ],
  run(invocation) {
    if (invocation.words[0] === 'update') return update(invocation)
    return option(invocation, 'from') === undefined ? own(invocation) : agreed(invocation)
  },
}

function own(invocation: Invocation): Promise<ExitCode> {
  const show = (a: { trust: string; fingerprint: string; words: string[] }) =>
    [keep(invocation, a.trust), ...compared(a.fingerprint, a.words)].join('\n')
  return ask(invocation, 'trust', {}, show, { keep: true })
}

const compared = (fingerprint: string, words: readonly string[]): string[] => [
  `fingerprint 指纹  ${fingerprint}`,
  `by telephone 电话核对  ${words.join(' ')}`,
]

/** Every member is asked for the newest height that all of them have. */
async function agreed(invocation: Invocation): Promise<ExitCode> {
  const members = addresses(invocation)
  const heights = await Promise.all(members.map(newestHeight))
  const [height = 0n] = heights.toSorted((a, b) => (a < b ? -1 : 1))
  const path = `/.well-known/meridian/trust.json?height=${height}`
  const served = await Promise.all(members.map((member) => fetchBytes(member, path)))
  return give(invocation, agreedTrust(nodeSuite, served))
}

async function newestHeight(member: string): Promise<bigint> {
  const newest = await reached(
    member,
    createLedgerClient(createHttpTransport({ baseUrl: member })).lightBlock(),
  )
  return newest?.header.height ?? 0n
}

async function fetchBytes(member: string, path: string): Promise<Uint8Array> {
  const transport = createHttpTransport({ baseUrl: member })
  const { status, body } = await reached(member, transport.request({ method: 'GET', path }))
  if (status === 200) return body
  throw new OutsideFailure({
    zh: `${member} 没有给出信任文件（${status}）。`,
    en: `${member} gives no trust file (${status}).`,
  })
}

/** Follows the chain of the newest anchor; the anchors of earlier chains stay as they are. */
async function update(invocation: Invocation): Promise<ExitCode> {
  const [, file] = invocation.words
  const [member, ...others] = addresses(invocation)
  if (file === undefined || member === undefined || others.length > 0)
    throw new UsageError({
      zh: '请给出信任文件，并用 --from 指定一个成员。',
      en: 'Name the trust file, and one member with --from.',
    })
  const pinned = decodeTrust(nodeSuite, readNamed(file))
  if (isRefusal(pinned)) return give(invocation, pinned)
  const [anchor, ...before] = pinned.anchors
  const ledger = createLedgerClient(createHttpTransport({ baseUrl: member }))
  const clock = {
    now: BigInt(Date.now()) * 1_000_000n,
    trustPeriod: BigInt(option(invocation, 'days') ?? 30) * NANOS_PER_DAY,
    drift: CLOCK_DRIFT_NANOS,
  }
  const moved = await reached(
    member,
    updateTrust(nodeSuite, ledger, { anchor: anchor as TrustAnchor, clock }),
  )
  const answer = isRefusal(moved) ? moved : { anchors: [moved, ...before] }
  return give(invocation, answer, option(invocation, 'output') ?? file)
}

function addresses(invocation: Invocation): readonly string[] {
  const members = (option(invocation, 'from') ?? '').split(',').filter((member) => member !== '')
  if (members.length > 0) return members
  throw new UsageError({
    zh: '请用 --from 给出成员节点的地址。',
    en: 'Give the addresses of members with --from.',
  })
}

async function reached<T>(member: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (cause) {
    if (!(cause instanceof ClientFailure)) throw cause
    throw new OutsideFailure(
      {
        zh: `无法从 ${member} 取得答复（${cause.code}）。`,
        en: `${member} gives no answer (${cause.code}).`,
      },
      cause,
    )
  }
}

function give(
  invocation: Invocation,
  answer: Trust | Refusal,
  file = option(invocation, 'output'),
): ExitCode {
  if (isRefusal(answer)) {
    const text = refusalText(answer)
    if (invocation.json) invocation.out(JSON.stringify({ refused: { code: answer.code, ...text } }))
    invocation.log(`${text.en}\n${text.zh}`)
    return 1
  }
  const fingerprint = trustFingerprint(nodeSuite, answer)
  const words = fingerprintWords(fingerprint)
  const text = encodeTrust(nodeSuite, answer)
  const written = keep(invocation, text, file)
  const [anchor] = answer.anchors as readonly [TrustAnchor]
  invocation.out(
    invocation.json
      ? JSON.stringify({ trust: text, fingerprint: toHex(fingerprint), words, height: String(anchor.height) })
      : [written, `height 高度  ${anchor.height}`, ...compared(toHex(fingerprint), words)].join('\n'),
  )
  return 0
}
