/** A validator key that has signed is used again only where the note of what it signed last is (ADR 0120). */
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { COMET_FOLDER } from '@meridian/engine'
import { toHex } from '@meridian/protocol'
import { defaultConfiguration } from '../src/home/configuration.ts'
import { formerKeys } from '../src/home/former-keys.ts'
import { homeAt } from '../src/home/home.ts'
import { openKeyFile } from '../src/home/key-file.ts'
import { noteValidatorKeyUsed, prepareValidatorKey } from '../src/keys/validator-key.ts'
import { createMemberHome } from '../src/wiring/create-home.ts'
import { folderFor } from './meridian-process.ts'

const passphrase = 'only for these tests'

async function newHome(t: TestContext) {
  const home = homeAt(join(folderFor(t), 'home'))
  const environment = { MERIDIAN_PASSPHRASE: passphrase }
  await createMemberHome(home, defaultConfiguration, { environment, now: new Date() })
  const lines: string[] = []
  const key = () => openKeyFile(home, 'validator', passphrase)
  return {
    home,
    lines,
    key,
    /** What a start does before the engine opens; gives whether the key stayed. */
    staysAtStart(): boolean {
      const before = toHex(key().publicKey)
      prepareValidatorKey(home, passphrase, (text) => lines.push(text))
      return toHex(key().publicKey) === before
    },
  }
}

test('a key that never signed is used', async (t) => {
  const { staysAtStart, lines } = await newHome(t)
  assert.ok(staysAtStart())
  assert.deepEqual(lines, [])
})

test('a key that has signed is used where the note of what it signed last is', async (t) => {
  const { home, key, staysAtStart } = await newHome(t)
  noteValidatorKeyUsed(home, key().publicKey)
  const data = join(home.ledger, COMET_FOLDER, 'data')
  mkdirSync(data, { recursive: true })
  writeFileSync(join(data, 'priv_validator_state.json'), '{}')
  assert.ok(staysAtStart())
})

test('a key that has signed and whose note is gone makes way for a new one, once', async (t) => {
  const { home, key, staysAtStart, lines } = await newHome(t)
  const old = key()
  noteValidatorKeyUsed(home, old.publicKey)
  assert.ok(!staysAtStart())
  assert.match(lines.join(), /signs no more/)
  assert.deepEqual(
    formerKeys(home).map(({ keyId, purpose }) => [keyId, purpose]),
    [[toHex(old.keyId), 'validator']],
  )
  assert.ok(staysAtStart(), 'the new one has signed nothing yet')
})
