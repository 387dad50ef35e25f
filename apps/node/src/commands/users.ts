/** `meridian users`: named people of this institution and what they may do. */
import { randomBytes } from 'node:crypto'
import { type Command, type Invocation, UsageError } from '../command-line/command.ts'
import { layTable } from '../command-line/table.ts'
import type { Json } from '../operations/operation.ts'
import { ask, option } from './ask.ts'

const roles = ['administrator', 'clerk', 'researcher', 'auditor']

interface Answer {
  readonly token?: string
  readonly expires?: string
  readonly items: readonly { name: string; displayName: string; role: string; disabled: boolean }[]
}

export const users: Command = {
  name: 'users',
  usage:
    '[add NAME --role ROLE | password NAME | role NAME --role ROLE | disable NAME | enable NAME | token NAME [--days N]]',
  summary: { zh: '管理本机构的用户', en: 'the named users of this institution' },
  options: [
    {
      name: 'role',
      value: 'ROLE',
      text: { zh: `角色：${roles.join(' / ')}`, en: `one of ${roles.join(', ')}` },
    },
    {
      name: 'days',
      value: 'N',
      text: { zh: '令牌有效天数（默认 90）', en: 'how many days the token lives (default 90)' },
    },
    { name: 'display-name', value: 'WORDS', text: { zh: '显示的姓名', en: 'the name people see' } },
  ],
  run(invocation) {
    const secret = { password: '' }
    const args = argsOf(invocation, secret)
    return ask(invocation, 'users', args, (answer: Answer) => show(answer, secret.password))
  },
}

/** A password is read from MERIDIAN_PASSWORD; without it one is made up and shown once. */
function argsOf(invocation: Invocation, secret: { password: string }): Json {
  const [action, name] = invocation.words
  if (action === undefined) return {}
  if (name === undefined) throw new UsageError({ zh: '请写明用户名。', en: 'Name the user.' })
  const role = option(invocation, 'role')
  if (role !== undefined && !roles.includes(role))
    throw new UsageError({
      zh: `角色应为 ${roles.join('、')} 之一。`,
      en: `A role is one of ${roles.join(', ')}.`,
    })
  const password = () => {
    const given = invocation.environment.MERIDIAN_PASSWORD
    if (given !== undefined) return given
    secret.password = randomBytes(15).toString('base64url')
    return secret.password
  }
  if (action === 'add')
    return {
      add: {
        name,
        displayName: option(invocation, 'display-name') ?? name,
        role: role ?? 'clerk',
        password: password(),
      },
    }
  if (action === 'password') return { password: { name, password: password() } }
  if (action === 'token') return { token: { name, days: Number(option(invocation, 'days') ?? 90) } }
  if (action === 'role' && role !== undefined) return { role: { name, role } }
  if (action === 'disable' || action === 'enable')
    return { disabled: { name, disabled: action === 'disable' } }
  throw new UsageError({ zh: `不认识的操作 ${action}。`, en: `Nobody knows the action ${action}.` })
}

function show(answer: Answer, password: string): string {
  if (answer.token !== undefined) {
    return `token, shown once 令牌（仅显示一次）: ${answer.token}\nexpires 到期: ${answer.expires}`
  }
  const rows = answer.items.map((u) => [u.name, u.displayName, u.role, u.disabled ? 'disabled 停用' : ''])
  const note = password === '' ? '' : `\npassword, shown once 密码（仅显示一次）: ${password}`
  return layTable([['NAME 用户名', 'PERSON 姓名', 'ROLE 角色', ''], ...rows]) + note
}
