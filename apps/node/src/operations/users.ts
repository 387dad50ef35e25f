/** `users`: named people with a role; passwords are given on standard input or made up and shown once. */
import type { Role, UserRefused } from '@meridian/vault'
import { type Json, type Operation, OperationRefused } from './operation.ts'

/** One of: add a person, set a password, a role, or disabled; with none of them, the list. */
export interface UsersArgs {
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
    return { items: await port.list() }
  },
}

const reasons: Readonly<Record<UserRefused['code'], { zh: string; en: string }>> = {
  'name-taken': { zh: '该用户名已有人使用。', en: 'Somebody has this name already.' },
  'name-unknown': { zh: '没有这个用户。', en: 'There is no such user.' },
  'password-weak': {
    zh: '密码太弱:至少 12 个字符。',
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
