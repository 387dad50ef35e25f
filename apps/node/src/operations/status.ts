/** `status`: where the corridor, the vault and the ledger stand, in numbers. */
import { toHex } from '@meridian/protocol'
import type { Json, Operation } from './operation.ts'

export const status: Operation<Record<string, never>, Json> = {
  name: 'status',
  async run(node) {
    const [vault, ledger] = await Promise.all([node.vault.status(), node.ledger.status()])
    return {
      organisation: node.configuration.organisation,
      vault: vault,
      ledger: {
        chainId: ledger.chainId,
        height: Number(ledger.height),
        appHash: toHex(ledger.appHash),
        logSize: ledger.logSize,
        validators: node.engine.status().validators,
      },
    }
  },
}
