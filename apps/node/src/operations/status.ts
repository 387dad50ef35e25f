/** `status`: where the corridor, the vault and the ledger stand, in numbers. */
import type { Json, Operation } from './operation.ts'

export const status: Operation<Record<string, never>, Json> = {
  name: 'status',
  async run(node) {
    const [vault, ledger] = await Promise.all([node.vault.status(), node.ledger.status()])
    return {
      organisation: node.configuration.organisation as unknown as Json,
      vault: vault as unknown as Json,
      ledger: {
        chainId: ledger.chainId,
        height: Number(ledger.height),
        appHash: ledger.appHash,
        logSize: Number(ledger.logSize),
      },
    }
  },
}
