/** Contract of the users. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Role, Session } from '../users/users.ts'
import type { Vault } from '../vault.ts'
import { type ContractHome, newVault } from './contract-vault.ts'

const PASSWORD = '正确 horse battery'

function add(vault: Vault, name: string, role: Role = 'clerk') {
  return vault.users.create({ name, displayName: `${name} 医生`, role, password: PASSWORD })
}

async function signedIn(vault: Vault, name: string): Promise<Session> {
  const session = await vault.users.signIn(name, PASSWORD)
  return 'token' in session ? session : assert.fail(session.code)
}

/** Registers the tests. */
export function usersContract(home: ContractHome): void {
  test('a user signs in and is known by the token until it ends', async () => {
    const { vault, clock } = await newVault(home())
    await add(vault, '王芳', 'administrator')
    const { token, user } = await signedIn(vault, '王芳')
    assert.deepEqual([user.name, user.displayName, user.role], ['王芳', '王芳 医生', 'administrator'])
    assert.equal((await vault.users.authenticate(token))?.name, '王芳')
    assert.equal(await vault.users.authenticate(`${token}x`), undefined)
    clock.advance(12 * 3_600_000)
    assert.equal(await vault.users.authenticate(token), undefined)
  })

  test('a sign-out ends the one token', async () => {
    const { vault } = await newVault(home())
    await add(vault, 'wang')
    const [one, two] = [await signedIn(vault, 'wang'), await signedIn(vault, 'wang')]
    await vault.users.signOut(one.token)
    assert.equal(await vault.users.authenticate(one.token), undefined)
    assert.equal((await vault.users.authenticate(two.token))?.name, 'wang')
  })

  test('a wrong name and a wrong password are refused alike', async () => {
    const { vault } = await newVault(home())
    await add(vault, 'wang')
    const refused = { refused: true, code: 'wrong' }
    assert.deepEqual(await vault.users.signIn('wang', 'not this one'), refused)
    assert.deepEqual(await vault.users.signIn('nobody', PASSWORD), refused)
  })

  test('five failures lock the name for fifteen minutes', async () => {
    const { vault, clock } = await newVault(home())
    await add(vault, 'wang')
    for (let n = 0; n < 5; n++) await vault.users.signIn('wang', 'not this one')
    assert.deepEqual(await vault.users.signIn('wang', PASSWORD), { refused: true, code: 'locked' })
    assert.equal((await vault.users.list())[0]?.lockedUntil, '2026-03-02T08:15:00.000Z')
    clock.advance(15 * 60_000)
    await signedIn(vault, 'wang')
  })

  test('a success forgets the failures before it', async () => {
    const { vault } = await newVault(home())
    await add(vault, 'wang')
    for (let n = 0; n < 4; n++) await vault.users.signIn('wang', 'not this one')
    await signedIn(vault, 'wang')
    await vault.users.signIn('wang', 'not this one')
    await signedIn(vault, 'wang')
  })

  test('a disabled user is out at once; there is always one administrator', async () => {
    const { vault } = await newVault(home())
    await add(vault, 'wang', 'administrator')
    await add(vault, 'li')
    const { token } = await signedIn(vault, 'li')
    assert.equal(await vault.users.setDisabled('li', true), undefined)
    assert.equal(await vault.users.authenticate(token), undefined)
    assert.deepEqual(await vault.users.signIn('li', PASSWORD), { refused: true, code: 'disabled' })
    const last = { refused: true, code: 'last-administrator' }
    assert.deepEqual(await vault.users.setDisabled('wang', true), last)
    assert.deepEqual(await vault.users.setRole('wang', 'auditor'), last)
    await add(vault, 'zhao', 'administrator')
    assert.equal(await vault.users.setRole('wang', 'auditor'), undefined)
  })

  test('a new password ends all sessions and is the one that counts', async () => {
    const { vault } = await newVault(home())
    await add(vault, 'wang')
    const { token } = await signedIn(vault, 'wang')
    assert.equal(await vault.users.setPassword('wang', 'another horse 2'), undefined)
    assert.equal(await vault.users.authenticate(token), undefined)
    assert.deepEqual(await vault.users.signIn('wang', PASSWORD), { refused: true, code: 'wrong' })
    assert.ok('token' in (await vault.users.signIn('wang', 'another horse 2')))
  })

  test('names are unique and well formed, passwords not weak', async () => {
    const { vault } = await newVault(home())
    const code = async (name: string, password = PASSWORD) => {
      const made = await vault.users.create({ name, displayName: '', role: 'clerk', password })
      return 'code' in made ? made.code : 'made'
    }
    assert.equal(await code('wang'), 'made')
    assert.equal(await code('wang'), 'name-taken')
    for (const name of ['', 'a', ' wang', 'a b', '../x', 'x'.repeat(65)])
      assert.equal(await code(name), 'name-malformed')
    for (const weak of ['short', 'aaaaaaaaaaaaaaa', 'zhao-zhao'])
      assert.equal(await code('zhao-zhao', weak), 'password-weak')
    assert.equal(await vault.users.count(), 1)
    assert.equal((await vault.users.setRole('nobody', 'clerk'))?.code, 'name-unknown')
  })

  test('a role raised with SQL behind our back makes nobody an administrator', async () => {
    const { vault, driver, settings } = await newVault(home())
    await add(vault, 'wang')
    const { token } = await signedIn(vault, 'wang')
    await driver.query(`UPDATE users SET role = 'administrator' WHERE organisation_id = $1`, [
      settings.organisationId,
    ])
    assert.equal(await vault.users.authenticate(token), undefined)
  })

  test('neither passwords nor tokens are in clear', async () => {
    const { vault, driver, settings } = await newVault(home())
    await add(vault, 'wang')
    const { token } = await signedIn(vault, 'wang')
    for (const table of ['users', 'user_tokens']) {
      const [row] = await driver.query<{ all: string }>(
        `SELECT string_agg(t::text, ' ') AS all FROM ${table} t WHERE organisation_id = $1`,
        [settings.organisationId],
      )
      assert.ok(row?.all)
      assert.equal(row.all.includes(token) || row.all.includes('horse'), false)
    }
  })
}
