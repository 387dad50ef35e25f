/** `meridian registry`: who runs which standard, what working groups ask of them, and where two of them disagree. */
import { createHash, randomBytes } from 'node:crypto'
import { CONFLICT_RESOLUTIONS, STANCES, WORKING_GROUP_ROLES } from '@meridian/protocol'
import { type Command, type Invocation, UsageError } from '../command-line/command.ts'
import { layTable } from '../command-line/table.ts'
import type { RegistryArgs } from '../operations/registry.ts'
import { ask, option } from './ask.ts'
import { readNamed } from './read-file.ts'

const usage =
  '[list [STANDARD] | adoptions [STANDARD] | requests [STANDARD] | conflicts | request-change STANDARD VERSION FILE --role R | comment ID FILE --role R --stance S | accept ID VERSION | decline ID REASON | withdraw ID | assign ID ORGANISATION | resolve ID RESOLUTION [STANDARD VERSION]]'

export const registry: Command = {
  name: 'registry',
  usage,
  summary: {
    zh: '标准登记：采用情况、变更申请、冲突',
    en: 'standards on the ledger: who runs them, change requests, conflicts',
  },
  options: [
    {
      name: 'role',
      value: 'ROLE',
      text: {
        zh: `工作组角色：${WORKING_GROUP_ROLES.join('、')}`,
        en: `who speaks in the working group: ${WORKING_GROUP_ROLES.join(', ')}`,
      },
    },
    {
      name: 'stance',
      value: 'STANCE',
      text: { zh: `立场：${STANCES.join('、')}`, en: `one of ${STANCES.join(', ')}` },
    },
  ],
  run(invocation) {
    const salt = randomBytes(16)
    const args = argsOf(invocation, salt)
    if ('read' in args) return ask(invocation, 'registry', args, showItems)
    const note =
      'comment' in args
        ? `\nsalt 盐值 ${salt.toString('hex')}: keep it beside the text. 请与原文一并保存。`
        : ''
    return ask(invocation, 'registry', args, showSaid(note))
  },
}

const wrongCall = (): UsageError =>
  new UsageError({ zh: `用法：meridian registry ${usage}`, en: `usage: meridian registry ${usage}` })

const READS = {
  list: 'artefacts',
  adoptions: 'adoptions',
  requests: 'requests',
  conflicts: 'conflicts',
} as const

function argsOf(invocation: Invocation, salt: Uint8Array): RegistryArgs {
  const [action = 'list', word, second, third] = invocation.words
  if (action in READS) {
    return { read: READS[action as keyof typeof READS], ...(word === undefined ? {} : { id: word }) }
  }
  if (word === undefined) throw wrongCall()
  if (action === 'withdraw') return { withdraw: word }
  if (second === undefined) throw wrongCall()
  if (action === 'request-change') {
    if (third === undefined) throw wrongCall()
    const textHash = hashOf(readNamed(third))
    return { request: { id: word, version: second, role: roleOf(invocation), textHash } }
  }
  if (action === 'comment') {
    const stance = STANCES.find((each) => each === option(invocation, 'stance'))
    if (stance === undefined) throw wrongCall()
    return { comment: word, role: roleOf(invocation), stance, commentHash: hashOf(salt, readNamed(second)) }
  }
  return answerOf(invocation, action, [word, second])
}

function answerOf(
  { words }: Invocation,
  action: string,
  [word, second]: readonly [string, string],
): RegistryArgs {
  if (action === 'accept') return { accept: word, version: second }
  if (action === 'decline') return { decline: word, reason: second }
  if (action === 'assign') return { assign: word, organisation: second }
  const resolution = CONFLICT_RESOLUTIONS.find((each) => each === second)
  const [id, version] = words.slice(3)
  const hasResult = id !== undefined && version !== undefined
  if (action !== 'resolve' || resolution === undefined || hasResult !== (resolution === 'corrected')) {
    throw wrongCall()
  }
  return { resolve: word, resolution, result: hasResult ? { id, version } : null }
}

function roleOf(invocation: Invocation) {
  const role = WORKING_GROUP_ROLES.find((each) => each === option(invocation, 'role'))
  if (role === undefined) throw wrongCall()
  return role
}

function hashOf(...parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

const showSaid =
  (note: string) =>
  ({ id, height }: { readonly id: string; readonly height: number }): string =>
    `${id.slice(0, 8)} stands on the ledger, height 高度 ${height}. 已写入账本。${note}`

interface Name {
  readonly id: string
  readonly version: string
}

type Item = Partial<Name> & {
  readonly kind?: string
  readonly state?: string
  readonly publisher?: string
  readonly organisation?: string
  readonly from?: string
  readonly until?: string | null
  readonly requestId?: string
  readonly artefactId?: string
  readonly baseVersion?: string
  readonly role?: string
  readonly status?: string
  readonly requester?: string
  readonly comments?: readonly object[]
  readonly conflictId?: string
  readonly first?: Name
  readonly second?: Name
  readonly assignee?: string
}

function showItems({ items }: { readonly items: readonly Item[] }): string {
  if (items.length === 0) return 'Nothing yet. 暂无内容。'
  return layTable(items.map(rowOf))
}

function rowOf(item: Item): string[] {
  const name = ({ id = '', version = '' }: Partial<Name>): string => `${id} ${version}`
  if (item.conflictId !== undefined) {
    const pair = `${name(item.first ?? {})} ≠ ${name(item.second ?? {})}`
    return [item.conflictId.slice(0, 8), item.status ?? '', pair, item.assignee ?? '']
  }
  if (item.requestId !== undefined) {
    const about = `${item.artefactId} ${item.baseVersion}${item.version === '' ? '' : ` → ${item.version}`}`
    const comments = `${item.comments?.length ?? 0} comments 意见`
    return [
      item.requestId.slice(0, 8),
      item.status ?? '',
      about,
      item.role ?? '',
      item.requester ?? '',
      comments,
    ]
  }
  if (item.organisation !== undefined) {
    return [item.organisation, name(item), `${item.from ?? ''} – ${item.until ?? ''}`]
  }
  return [name(item), item.kind ?? '', item.state ?? '', item.publisher ?? '']
}
