/** The first administrator: made when there is no user yet, with a password that is shown once and kept nowhere. */
import { randomBytes } from 'node:crypto'
import { OutsideFailure } from '../command-line/command.ts'
import type { Node } from '../wiring/node.ts'

/** The password in clear, or undefined when there are users already. */
export async function firstAdministrator(node: Node): Promise<string | undefined> {
  if ((await node.vault.users.count()) > 0) return undefined
  const password = randomBytes(15).toString('base64url')
  const made = await node.vault.users.create({
    name: 'admin',
    displayName: '管理员 Administrator',
    role: 'administrator',
    password,
  })
  if ('refused' in made) {
    throw new OutsideFailure({
      zh: `无法创建第一个管理员（${made.code}）。`,
      en: `The first administrator could not be made (${made.code}).`,
    })
  }
  return password
}
