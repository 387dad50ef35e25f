/** Makes a keyring from its two 32-byte keys; the only place where they are used. */
import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { keyedDigestUnder } from './keyed-digest.ts'
import type { Keyring } from './keyring.ts'
import { open, seal } from './sealed-box.ts'

/**
 * The keys themselves, 32 bytes each: one wraps data keys, the other makes keyed digests (blind index). Former wrapping keys
 * only unwrap, until everything is wrapped by the new one.
 */
export interface KeyMaterial {
  readonly wrappingKey: Uint8Array
  readonly indexKey: Uint8Array
  readonly formerWrappingKeys?: readonly Uint8Array[]
}

/** Builds the keyring. Digest keys are derived by HKDF-SHA-256 (RFC 5869), one a label, and kept as key objects. */
export function keyringOf({ wrappingKey, indexKey, formerWrappingKeys = [] }: KeyMaterial): Keyring {
  const wrapping = createSecretKey(wrappingKey)
  const former = formerWrappingKeys.map((key) => createSecretKey(key))
  const openFormer = (wrapped: Uint8Array, context: Uint8Array) => {
    for (const key of former) {
      const dataKey = open(key, context, wrapped)
      if (dataKey !== undefined) return dataKey
    }
    return undefined
  }
  const derived = new Map<string, KeyObject>()
  const keyFor = (label: string): KeyObject => {
    const known = derived.get(label)
    if (known !== undefined) return known
    const made = createSecretKey(derive(indexKey, label))
    derived.set(label, made)
    return made
  }
  return {
    keyId: derive(wrappingKey, 'key id').toString('hex').slice(0, 16),
    wrap: (dataKey, context) => seal(wrapping, context, dataKey),
    unwrap: (wrapped, context) => open(wrapping, context, wrapped) ?? openFormer(wrapped, context),
    rewrap(wrapped, context) {
      if (open(wrapping, context, wrapped) !== undefined) return 'current'
      const dataKey = openFormer(wrapped, context)
      return dataKey === undefined ? 'unknown' : seal(wrapping, context, dataKey)
    },
    keyedDigest: (label, ...parts) => keyedDigestUnder(keyFor(label), ...parts),
    digestKey: keyFor,
  }
}

function derive(key: Uint8Array, label: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, new Uint8Array(0), `meridian vault ${label}`, 32))
}
