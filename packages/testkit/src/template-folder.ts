/** Where tests keep a prepared empty database between runs, so that each new PGlite starts in 0.4 s instead of 2.6 s. */
import { fileURLToPath } from 'node:url'

/** A folder below `node_modules`, which nobody commits and a fresh install clears. */
export const templateFolder = fileURLToPath(new URL('../../../node_modules/.cache/meridian', import.meta.url))
