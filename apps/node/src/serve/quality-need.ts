/** What the admin door is handed of data quality: one run at a time, over the open node. */
import { type AdminNeeds, runQuality } from '@meridian/gateway'
import { toHex } from '@meridian/protocol'
import { loadShippedQualityRules, qualityRulesHash } from '@meridian/standards/quality'
import type { Node } from '../wiring/node.ts'

/** Over an open node. */
export function qualityNeedOf(node: Node): AdminNeeds['quality'] {
  const rules = loadShippedQualityRules()
  const needs = {
    quality: node.vault.quality,
    rules,
    rulesHash: qualityRulesHash(node.suite, rules),
    standardsSetHash: toHex(node.standardsSetHash),
    nowMs: () => node.clock.now().getTime(),
  }
  let isRunning = false
  return {
    rules,
    results: node.vault.quality,
    async run(scope) {
      if (isRunning) return 'running'
      isRunning = true
      try {
        return await runQuality(needs, scope)
      } finally {
        isRunning = false
      }
    },
  }
}
