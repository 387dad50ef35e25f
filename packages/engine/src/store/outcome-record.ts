/** What executing a block gave, as it lies in the store: results, sub-roots, log root and size, app hash. */
import {
  type CborKey,
  type CborValue,
  encodeCbor,
  isCborMap,
  type Refusal,
  type RefusalCode,
  refuse,
} from '@meridian/protocol'
import type { StateRoots } from '../engine.ts'
import { bytesOf, itemsOf, numberOf, readRecord, textOf } from './record-fields.ts'

/** The outcome of one block. */
export interface Outcome {
  readonly results: readonly (Refusal | undefined)[]
  readonly state: StateRoots
}

/** The bytes to store. */
export function encodeOutcome(outcome: Outcome): Uint8Array {
  const { state } = outcome
  return encodeCbor([
    outcome.results.map(resultFields),
    state.subRoots.map(({ module, root }) => [module, root]),
    state.logRoot,
    state.logSize,
    state.appHash,
  ])
}

/** Reads {@link encodeOutcome}. Throws engine.home-damaged. */
export function decodeOutcome(bytes: Uint8Array): Outcome {
  const [results, subRoots, logRoot, logSize, appHash] = readRecord(bytes, 5)
  return {
    results: itemsOf(results).map(resultOf),
    state: {
      subRoots: itemsOf(subRoots).map((pair) => {
        const [module, root] = itemsOf(pair, 2)
        return { module: textOf(module), root: bytesOf(root) }
      }),
      logRoot: bytesOf(logRoot),
      logSize: numberOf(logSize),
      appHash: bytesOf(appHash),
    },
  }
}

function resultFields(result: Refusal | undefined): CborValue {
  if (result === undefined) return null
  return [result.module, result.code, new Map<CborKey, CborValue>(Object.entries(result.detail))]
}

function resultOf(value: CborValue): Refusal | undefined {
  if (value === null) return undefined
  const [module, code, detail] = itemsOf(value, 3)
  const entries = isCborMap(detail) ? [...detail] : []
  const texts = entries.map(([name, item]) => [String(name), item as string | number])
  // The code was one of ours when it was written, and codes are append-only.
  return refuse(textOf(module), textOf(code) as RefusalCode, Object.fromEntries(texts))
}
