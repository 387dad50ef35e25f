/** `users`: named people with a role; passwords are given on standard input or made up and shown once. */
import type { Role, UserRefused } from '@meridian/vault'
import type { Node } from '../wiring/node.ts'
import { type Json, type Operation, OperationRefused } from './operation.ts'

/** One of: add a person, set a password, a role, or disabled; with none of them, the list. */
export interface UsersArgs {
  /** A token for a system that calls the FHIR door in the user's name; shown once. */
  readonly token?: { readonly name: string; readonly days: number }
  readonly add?: {
    readonly name: string
    readonly displayName: string
    readonly role: Role
    readonly password: string
  }
  readonly password?: { readonly name: string; readonly password: string }
  readonly role?: { readonly name: string; readonly role: Role }
  readonly disabled?: { readonly name: string; readonly disabled: boolean }
}

export const users: Operation<UsersArgs, Json> = {
  name: 'users',
  async run(node, args) {
    const port = node.vault.users
    if (args.add !== undefined) accepted(await port.create(args.add))
    if (args.password !== undefined)
      accepted(await port.setPassword(args.password.name, args.password.password))
    if (args.role !== undefined) accepted(await port.setRole(args.role.name, args.role.role))
    if (args.disabled !== undefined)
      accepted(await port.setDisabled(args.disabled.name, args.disabled.disabled))
    if (args.token !== undefined) return issue(node, args.token)
    return { items: await port.list() }
  },
}

async function issue(node: Node, { name, days }: { name: string; days: number }): Promise<Json> {
  const session = await node.vault.users.issueToken(name, days * 86_400_000)
  if ('refused' in session) throw new OperationRefused(`users-${session.code}`, reasons[session.code])
  return { token: session.token, expires: session.expiresTime }
}

const reasons: Readonly<Record<UserRefused['code'], { zh: string; en: string }>> = {
  'name-taken': { zh: '该用户名已有人使用。', en: 'Somebody has this name already.' },
  'name-unknown': { zh: '没有这个用户。', en: 'There is no such user.' },
  'password-weak': {
    zh: '密码太弱：至少 12 个字符。',
    en: 'The password is too weak: 12 characters at least.',
  },
  'last-administrator': { zh: '至少要保留一名管理员。', en: 'One administrator must remain.' },
  'name-malformed': {
    zh: '用户名只能含小写字母、数字、点和短横线。',
    en: 'A name has lower-case letters, digits, dots and hyphens only.',
  },
}

function accepted(answer: object | undefined): void {
  if (answer !== undefined && 'refused' in answer) {
    const { code } = answer as UserRefused
    throw new OperationRefused(`users-${code}`, reasons[code])
  }
}
