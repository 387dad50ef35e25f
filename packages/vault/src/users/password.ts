/** Passwords by Argon2id (RFC 9106): memory-hard, with the parameters inside the hash. */
import { hash, verify } from '@node-rs/argon2'

/** 19 MiB, two passes: OWASP's floor; Argon2id is the library's default. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** A hash nobody has the password of, so that an unknown name takes as long as a wrong password. */
const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$mcVDOHH0ywr98CJWmzesOw$sUt1a4fBQ/q1hIb+Knxd4Kn7uDnGFTBviD0YJ9mWvRI'

/** Hashes a password for keeping. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), OPTIONS)
}

/** True when the password is the one hashed; `undefined` for the hash takes as long and is false. */
export async function isPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  const right = await verify(passwordHash ?? NOBODY, password.normalize('NFC'))
  return right && passwordHash !== undefined
}

const SHORTEST = 10

/** At least ten characters, not all the same, and not the name: what a person can be asked to remember. */
export function isWeakPassword(name: string, password: string): boolean {
  const characters = [...password.normalize('NFC')]
  if (characters.length < SHORTEST || new Set(characters).size < 4) return true
  return password.toLowerCase().includes(name.toLowerCase()) && characters.length < name.length + SHORTEST / 2
}
