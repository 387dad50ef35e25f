/** AES-256-GCM boxes (NIST SP 800-38D): 12 bytes of nonce, ciphertext, 16 bytes of tag. */
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  randomFillSync,
} from 'node:crypto'

const ALGORITHM = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const NONCE_POOL_BYTES = NONCE_BYTES * 1024

/** Random nonces are drawn many at a time: one draw costs as much as a thousand. */
const pool = { bytes: new Uint8Array(NONCE_POOL_BYTES), used: NONCE_POOL_BYTES }

/** A 32-byte key, as bytes or as a key object. */
export type BoxKey = Uint8Array | KeyObject

/** PERF: given bytes, Node 24 makes the key object the slow way, 16 µs against 0.6 µs. */
function keyObject(key: BoxKey): KeyObject {
  return key instanceof Uint8Array ? createSecretKey(key) : key
}

/** Seals the parts (text as UTF-8), one after another, under a 32-byte key; `context` is authenticated and not kept. */
export function seal(
  key: BoxKey,
  context: Uint8Array,
  ...parts: readonly (Uint8Array | string)[]
): Uint8Array {
  const nonce = nextNonce()
  const cipher = createCipheriv(ALGORITHM, keyObject(key), nonce)
  cipher.setAAD(context)
  const pieces = [
    nonce,
    ...parts.map((part) => (typeof part === 'string' ? cipher.update(part, 'utf8') : cipher.update(part))),
    cipher.final(),
    cipher.getAuthTag(),
  ]
  return Buffer.concat(pieces)
}

/** Opens a box; undefined when key, context or any byte is not the one it was sealed with. */
export function open(key: BoxKey, context: Uint8Array, box: Uint8Array): Buffer | undefined {
  if (box.length < NONCE_BYTES + TAG_BYTES) return undefined
  const decipher = createDecipheriv(ALGORITHM, keyObject(key), box.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(context)
  decipher.setAuthTag(box.subarray(box.length - TAG_BYTES))
  const plain = decipher.update(box.subarray(NONCE_BYTES, box.length - TAG_BYTES))
  try {
    decipher.final()
    return plain
  } catch {
    return undefined
  }
}

function nextNonce(): Uint8Array {
  if (pool.used + NONCE_BYTES > NONCE_POOL_BYTES) {
    pool.bytes = randomFillSync(new Uint8Array(NONCE_POOL_BYTES))
    pool.used = 0
  }
  pool.used += NONCE_BYTES
  return pool.bytes.subarray(pool.used - NONCE_BYTES, pool.used)
}
