/** `keys/former.json`: the public halves of the keys that were replaced, so that they can still be named and looked up. */
import { join } from 'node:path'
import type { KeyPurpose } from '@meridian/protocol'
import { readIfThere, writeWhole } from './durable-file.ts'
import type { Home } from './home.ts'

/** One key of the past. Hex. */
export interface FormerKey {
  readonly keyId: string
  readonly purpose: KeyPurpose
  readonly publicKey: string
}

const fileOf = (home: Pick<Home, 'keys'>) => join(home.keys, 'former.json')

/** Oldest first. */
export function formerKeys(home: Pick<Home, 'keys'>): readonly FormerKey[] {
  return readIfThere<readonly FormerKey[]>(fileOf(home)) ?? []
}

/** Adds one; a key that is there already is not added again. */
export function rememberFormerKey(home: Pick<Home, 'keys'>, key: FormerKey): void {
  const known = formerKeys(home)
  if (known.some(({ keyId }) => keyId === key.keyId)) return
  writeWhole(fileOf(home), `${JSON.stringify([...known, key], null, 2)}\n`)
}
