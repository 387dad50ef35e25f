/** `meridian keys`: which keys this organisation signs and wraps with, and their replacement. */
import { type Command, type Invocation, UsageError } from '../command-line/command.ts'
import { layTable } from '../command-line/table.ts'
import type { KeysArgs, ListedKey } from '../operations/keys.ts'
import { ask, option } from './ask.ts'

interface Answer {
  readonly items?: readonly ListedKey[]
  readonly wrapping?: { readonly keyId: string; readonly isRewrapping: boolean }
  readonly rotated?: {
    readonly purpose: string
    readonly former: string
    readonly keyId: string
    readonly needsRestart?: boolean
  }
  readonly revoked?: { readonly keyId: string; readonly purpose: string; readonly wasCurrent: boolean }
  readonly rewrapped?: {
    readonly former: string
    readonly keyId: string
    readonly keys: number
    readonly rewrapped: number
    readonly unknown: number
  }
  readonly passphrase?: { readonly keptInHome: boolean }
}

export const keys: Command = {
  name: 'keys',
  usage:
    '[list | rotate --purpose statement|receipt|validator | revoke KEYID --reason retired|lost|compromised | rewrap | passphrase]',
  summary: {
    zh: '查看和更换本机构的密钥',
    en: 'the keys of this institution and their replacement',
  },
  options: [
    {
      name: 'purpose',
      value: 'PURPOSE',
      text: {
        zh: '用途：statement / receipt / validator',
        en: 'statement, receipt or, of a core member, validator',
      },
    },
    {
      name: 'reason',
      value: 'REASON',
      text: {
        zh: '原因：retired（停用）/ lost（丢失）/ compromised（泄露）',
        en: 'retired, lost or compromised',
      },
    },
  ],
  run: (invocation) =>
    ask(invocation, 'keys', argsOf(invocation), show, { label: { zh: '更换密钥', en: 'changing keys' } }),
}

/** A new passphrase is read from MERIDIAN_NEW_PASSPHRASE; without it one is made up if the old one is kept in the home. */
function argsOf(invocation: Invocation): KeysArgs {
  const [action = 'list', keyId] = invocation.words
  const purpose = option(invocation, 'purpose')
  const reason = option(invocation, 'reason')
  if (action === 'list') return {}
  if (action === 'rewrap') return { rewrap: true }
  if (action === 'passphrase') {
    const given = invocation.environment.MERIDIAN_NEW_PASSPHRASE
    return { passphrase: given === undefined ? {} : { given } }
  }
  const isPurpose = purpose === 'statement' || purpose === 'receipt' || purpose === 'validator'
  if (action === 'rotate' && isPurpose) return { rotate: purpose }
  const isReason = reason === 'retired' || reason === 'lost' || reason === 'compromised'
  if (action === 'revoke' && keyId !== undefined && isReason) return { revoke: { keyId, reason } }
  throw new UsageError({
    zh: `用法：meridian keys ${keys.usage}`,
    en: `usage: meridian keys ${keys.usage}`,
  })
}

const copyKeys = ['Copy the folder keys/ into its safe place anew.', '请重新备份 keys/ 文件夹到安全之处。']

const startAgain = [
  'Start the node again now: until then it does not vote.',
  '请立即重启节点：重启之前本节点不参与投票。',
]

function show({ items, wrapping, rotated, revoked, rewrapped, passphrase }: Answer): string {
  if (rotated !== undefined) {
    const { purpose, former, keyId, needsRestart } = rotated
    const line = `${purpose}: ${former.slice(0, 16)} → ${keyId}`
    return [line, ...copyKeys, ...(needsRestart === true ? startAgain : [])].join('\n')
  }
  if (revoked !== undefined) return showRevoked(revoked)
  if (rewrapped !== undefined) return showRewrapped(rewrapped)
  if (passphrase !== undefined) return showPassphrase(passphrase.keptInHome)
  const rows = (items ?? []).map((key) => [
    key.keyId,
    key.purpose,
    key.registered === undefined ? '–' : String(key.registered),
    key.ended === undefined ? '' : `${key.ended} ${key.reason}`,
    key.isCurrent ? '● current 当前' : '',
  ])
  const head = ['KEY 密钥', 'PURPOSE 用途', 'FROM 起', 'ENDED 止', '']
  const note = wrapping?.isRewrapping ? ' (former one kept until the next start 旧密钥保留至下次启动)' : ''
  return `${layTable([head, ...rows])}\nwrapping key 封装密钥  ${wrapping?.keyId}${note}`
}

function showRevoked({ keyId, purpose, wasCurrent }: NonNullable<Answer['revoked']>): string {
  const ended = `${keyId} ended. 已吊销。`
  if (!wasCurrent) return ended
  return `${ended}\nIt was the current one: meridian keys rotate --purpose ${purpose}\n这是当前密钥，请随即更换。`
}

function showRewrapped({
  former,
  keyId,
  keys: all,
  rewrapped,
  unknown,
}: NonNullable<Answer['rewrapped']>): string {
  const altered =
    unknown === 0
      ? []
      : [`${unknown} could not be opened: run meridian vault verify. 有 ${unknown} 个无法打开。`]
  return [
    `${former} → ${keyId}: ${rewrapped} of ${all} data keys wrapped anew 个数据密钥已重新封装`,
    ...altered,
    'The former wrapping key is forgotten at the next start of the node.',
    '旧封装密钥将在节点下次启动时销毁。',
    ...copyKeys,
    'Backups made before need the old copy of keys/: keep it as long as you keep them, or make a backup now and destroy both.',
    '此前的备份仍需旧的 keys/ 副本：与旧备份一同保留，或立即重新备份后将二者一并销毁。',
  ].join('\n')
}

function showPassphrase(isKept: boolean): string {
  const where = isKept
    ? ['The new passphrase is in keys/passphrase.', '新口令保存在 keys/passphrase 中。']
    : [
        'Start the node with the new passphrase in MERIDIAN_PASSPHRASE from now on.',
        '今后请以 MERIDIAN_PASSPHRASE 提供新口令启动节点。',
      ]
  return [...where, ...copyKeys].join('\n')
}
