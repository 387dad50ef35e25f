/** Publishes a standards set on the ledger, once, before the first batch that names it (spec 1, `publish-artefact`). */
import { toHex } from '@meridian/protocol'
import type { AnchorLedger } from './anchor-ledger.ts'
import { LedgerRefused } from './ledger-refused.ts'
import { type Signing, signFor } from './sign-statement.ts'

/** What it takes to publish. */
export interface PublishParts {
  readonly ledger: Pick<AnchorLedger, 'submit' | 'blockTimeSeconds'>
  readonly signing: Signing
}

/** Sets are told apart by their hash, so each is an artefact of one version. */
const VERSION = '1.0.0'

/**
 * Makes the publisher. The name of the artefact follows from organisation and hash and the ledger keeps a version once, so
 * after a crash, a restart or an upgrade it is said again and refused as there already, which is as good as done. Effects: ledger.
 */
export function createStandardsPublisher({
  ledger,
  signing,
}: PublishParts): (hash: Uint8Array) => Promise<void> {
  const published = new Set<string>()
  return async (contentHash) => {
    const name = toHex(contentHash)
    if (published.has(name)) return
    const body = {
      id: `standards-sets/${signing.organisationId}/${name.slice(0, 32)}`,
      version: VERSION,
      contentHash,
      kind: 'standards-set',
    }
    const { bytes } = signFor(signing, 'publish-artefact', body, await ledger.blockTimeSeconds())
    const refusal = await ledger.submit(bytes)
    if (refusal !== undefined && refusal.code !== 'registry.version-not-newer')
      throw new LedgerRefused(refusal)
    published.add(name)
  }
}
