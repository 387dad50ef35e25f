/** Where the CSV mappings lie that are shipped with the gateway. */
import { join } from 'node:path'

/** Absolute path. */
export const shippedMappingsDir = join(import.meta.dirname, '..', 'mappings')
