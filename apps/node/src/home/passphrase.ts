/**
 * The passphrase that seals the home's keys: from MERIDIAN_PASSPHRASE, or made up at the first start and kept in `keys/passphrase`
 * for the owner's eyes. The second protects a copied database, not a copied home; SECURITY.md says so.
 */
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { OutsideFailure } from '../command-line/command.ts'
import type { Home } from './home.ts'

/** For a new home. */
export function choosePassphrase(home: Home, environment: NodeJS.ProcessEnv): string {
  const given = environment.MERIDIAN_PASSPHRASE
  if (given !== undefined && given !== '') return given
  const made = randomBytes(24).toString('base64url')
  writeFileSync(home.passphrase, `${made}\n`, { flag: 'wx', mode: 0o600 })
  return made
}

/** For a home that exists. @throws OutsideFailure when it is nowhere. */
export function readPassphrase(home: Home, environment: NodeJS.ProcessEnv): string {
  const given = environment.MERIDIAN_PASSPHRASE
  if (given !== undefined && given !== '') return given
  try {
    return readFileSync(home.passphrase, 'utf8').trim()
  } catch (cause) {
    throw new OutsideFailure(
      {
        zh: `请在环境变量 MERIDIAN_PASSPHRASE 中给出口令；${home.passphrase} 不存在。`,
        en: `Give the passphrase in MERIDIAN_PASSPHRASE; ${home.passphrase} is not there.`,
      },
      cause,
    )
  }
}
