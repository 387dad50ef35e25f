/** SHA-256 of four messages at once; a record has hundreds of short ones, and this halves their cost (spec 4 §5). */
import { assembleLanesModule, LANE_MEMORY } from './sha256-lanes-module.ts'

/**
 * Hashes four messages that lie in `memory`, padded, with the same number of 64-byte blocks. `state` is the address of
 * a chaining value (32 bytes, as a digest), `inputs` and `outputs` are addresses; a digest has 32 bytes.
 */
export interface HashLanes {
  readonly memory: Uint8Array
  /** The first address that a caller may use. */
  readonly arena: number
  /** The address of SHA-256's initial chaining value. */
  readonly initialState: number
  digest4: Digest4
}

/** Arguments: state, blocks, four inputs, four outputs. */
type Digest4 = (
  state: number,
  blocks: number,
  input0: number,
  input1: number,
  input2: number,
  input3: number,
  output0: number,
  output1: number,
  output2: number,
  output3: number,
) => void

interface WebAssemblyHost {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: Record<string, unknown> }
}

/** The fractional parts of the square roots of the first 8 primes (FIPS 180-4 §5.3.3). */
const INITIAL_STATE = '6a09e667 bb67ae85 3c6ef372 a54ff53a 510e527f 9b05688c 1f83d9ab 5be0cd19'.split(' ')

/** The fractional parts of the cube roots of the first 64 primes (FIPS 180-4 §4.2.2). */
const ROUND_CONSTANTS = `
428a2f98 71374491 b5c0fbcf e9b5dba5 3956c25b 59f111f1 923f82a4 ab1c5ed5 d807aa98 12835b01 243185be 550c7dc3 72be5d74
80deb1fe 9bdc06a7 c19bf174 e49b69c1 efbe4786 0fc19dc6 240ca1cc 2de92c6f 4a7484aa 5cb0a9dc 76f988da 983e5152 a831c66d
b00327c8 bf597fc7 c6e00bf3 d5a79147 06ca6351 14292967 27b70a85 2e1b2138 4d2c6dfc 53380d13 650a7354 766a0abb 81c2c92e
92722c85 a2bfe8a1 a81a664b c24b8b70 c76c51a3 d192e819 d6990624 f40e3585 106aa070 19a4c116 1e376c08 2748774c 34b0bcb5
391c0cb3 4ed8aa4a 5b9cca4f 682e6ff3 748f82ee 78a5636f 84c87814 8cc70208 90befffa a4506ceb bef9a3f7 c67178f2`
  .trim()
  .split(/\s+/)

/** The lanes, or `undefined` where the host has no WebAssembly with SIMD. Compiles about 6 KB once. */
export function createHashLanes(): HashLanes | undefined {
  const host = (globalThis as { WebAssembly?: WebAssemblyHost }).WebAssembly
  if (host === undefined) return undefined
  try {
    return instantiate(host)
  } catch {
    return undefined
  }
}

function instantiate(host: WebAssemblyHost): HashLanes {
  const { exports } = new host.Instance(new host.Module(assembleLanesModule()))
  const { buffer } = exports.memory as { readonly buffer: ArrayBuffer }
  const view = new DataView(buffer)
  const { roundConstants, initialState, arena } = LANE_MEMORY
  for (const [i, word] of ROUND_CONSTANTS.entries())
    view.setUint32(roundConstants + 4 * i, Number.parseInt(word, 16), true)
  for (const [i, word] of INITIAL_STATE.entries())
    view.setUint32(initialState + 4 * i, Number.parseInt(word, 16))
  return Object.freeze({
    memory: new Uint8Array(buffer),
    arena,
    initialState,
    digest4: exports.digest4 as Digest4,
  })
}
