/** Opens what a node knows of standards: its packages, which of them are in force, the hash of the set that they make, and the judge. */
import { equalBytes, type Suite, toHex } from '@meridian/protocol'
import { contentOf, createValidator, standardsSetOf, type Validator } from '@meridian/standards'
import type { Home } from '../home/home.ts'
import { type ArtefactStore, openArtefactStore } from './artefact-store.ts'
import { type CountedVersion, packagesInForce } from './in-force.ts'

/** The parts of a node that it makes. All of them go by the set in force at the moment of the call. */
export interface OpenedStandards {
  readonly artefacts: ArtefactStore
  readonly validator: Validator
  readonly standardsSetHash: () => Uint8Array
  /** Hashes (hex) of the packages that records are judged by. */
  inForce(): ReadonlySet<string>
  /**
   * Goes over to what counts now, if that is another set: `change` is called with its hash and a step to take inside, while nothing is
   * being judged. Resolves when it is done.
   */
  follow(
    counted: readonly CountedVersion[],
    change: (hash: Uint8Array, take: () => void) => Promise<void>,
  ): Promise<void>
}

/** Reads every package once (about 50 ms for those that ship). */
export function openStandards(home: Pick<Home, 'standards'>, suite: Suite): OpenedStandards {
  const artefacts = openArtefactStore(home.standards, suite)
  const setFor = (counted: readonly CountedVersion[]) => {
    const packages = packagesInForce(artefacts, counted)
    const held = [...packages.values()]
    return {
      hash: standardsSetOf(suite, held).hash,
      inForce: new Set(held.map(({ hash }) => toHex(hash))),
      validator: createValidator(contentOf(packages)),
    }
  }
  let current = setFor([])
  return {
    artefacts,
    validator: {
      checkResource: (...asked) => current.validator.checkResource(...asked),
      checkBundle: (...asked) => current.validator.checkBundle(...asked),
      checkRecords: (...asked) => current.validator.checkRecords(...asked),
    },
    standardsSetHash: () => current.hash,
    inForce: () => current.inForce,
    async follow(counted, change) {
      const next = setFor(counted)
      if (equalBytes(next.hash, current.hash)) return
      await change(next.hash, () => {
        current = next
      })
    },
  }
}
