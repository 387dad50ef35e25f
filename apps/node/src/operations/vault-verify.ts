/** `vault verify`: reopens every sealed version against its commitment and names what is not what it was. */
import type { Json, Operation } from './operation.ts'

/** `{versions, erased, deliveries, batches, faultCount, faults: […]}`; no faults means that nothing was altered, lost or rolled back. */
export const vaultVerify: Operation<Record<string, never>, Json> = {
  name: 'vault-verify',
  async run(node, _args, onProgress) {
    const { versions } = await node.vault.status()
    const total = versions.sealed + versions.submitted + versions.final
    const report = await node.vault.verify({
      anchored: node.anchoredBatches(),
      onProgress: (done) => onProgress(done.versions, total),
    })
    return report
  },
}
