/** Opens what a node knows of standards: its packages, which of them are in force, the hash of the set that they make, and the judge. */
import { type Suite, toHex } from '@meridian/protocol'
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

type PackagesInForce = ReturnType<typeof packagesInForce>

/** One set: its hash, its packages by their hashes, and the judge that goes by them. */
interface StandardsInForce {
  readonly hash: Uint8Array
  readonly inForce: ReadonlySet<string>
  readonly validator: Validator
}

function hashesOf(packages: PackagesInForce): ReadonlySet<string> {
  return new Set([...packages.values()].map(({ hash }) => toHex(hash)))
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((hash) => b.has(hash))
}

/** Reads every package once (about 50 ms for those that ship). */
export function openStandards(home: Pick<Home, 'standards'>, suite: Suite): OpenedStandards {
  const artefacts = openArtefactStore(home.standards, suite)
  const setOf = (packages: PackagesInForce): StandardsInForce => ({
    hash: standardsSetOf(suite, [...packages.values()]).hash,
    inForce: hashesOf(packages),
    validator: createValidator(contentOf(packages)),
  })
  let current = setOf(packagesInForce(artefacts, []))
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
      const packages = packagesInForce(artefacts, counted)
      // PERF: asked after every block. The hash of a set takes in all definitions, and a judge is compiled anew.
      if (isSame(current.inForce, hashesOf(packages))) return
      const next = setOf(packages)
      await change(next.hash, () => {
        current = next
      })
    },
  }
}
