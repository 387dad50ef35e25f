/** What a command must say when the outside failed it. */
import assert from 'node:assert/strict'
import type { Finished } from '../meridian-process.ts'

/** Exit code 3, English and Chinese, and no stack of ours. */
export function assertSaid({ code, log }: Finished): void {
  assert.equal(code, 3, log)
  assert.match(log, /[一-龥]{4}/)
  assert.match(log, /[a-z]{4}/)
  assert.doesNotMatch(log, /\n\s+at .*:\d+:\d+/)
}
