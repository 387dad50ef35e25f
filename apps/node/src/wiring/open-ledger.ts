/** Opens the ledger of one organisation: the embedded engine with the rules, and the client that everything else speaks through. */
import { createLedgerClient, type LedgerClient } from '@meridian/client'
import {
  createSignatureVerifier,
  createSystemClock,
  type EmbeddedEngine,
  openEmbeddedEngine,
} from '@meridian/engine'
import { createLedger } from '@meridian/ledger'
import type { GenesisDocument, Signer, Suite } from '@meridian/protocol'
import type { Configuration } from '../home/configuration.ts'
import type { Home } from '../home/home.ts'
import { createNodeTransport } from '../ledger-door/in-process-transport.ts'
import type { Closers } from './closers.ts'

interface LedgerParts {
  readonly configuration: Pick<Configuration, 'blockIntervalMs'>
  readonly genesis: GenesisDocument
  readonly suite: Suite
  readonly signer: Signer
}

/** @throws EngineFailure */
export async function openLedger(
  home: Home,
  { configuration, genesis, suite, signer }: LedgerParts,
  closers: Closers,
): Promise<{ engine: EmbeddedEngine; ledger: LedgerClient }> {
  // A signature is verified once, when it is first seen, on a thread of its own when many come together.
  const verifier = createSignatureVerifier(suite)
  closers.add(() => verifier.close())
  const engine = await openEmbeddedEngine({
    directory: home.ledger,
    genesis,
    machine: createLedger({ suite: verifier.suite, genesis }),
    suite,
    verifyAhead: verifier.verifyAhead,
    signer,
    clock: createSystemClock(),
    settings: { blockIntervalMs: configuration.blockIntervalMs },
  })
  closers.add(() => engine.close())
  return { engine, ledger: createLedgerClient(createNodeTransport({ engine, suite })) }
}
