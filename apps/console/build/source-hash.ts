/** One hash over everything the built console depends on, so that a stale one is noticed. */
import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const sources = [
  'index.html',
  'build/**/*.ts',
  'public/**/*',
  'src/**/*.{ts,tsx,css}',
  'verify-page/**/*.{ts,css,html}',
  '../../packages/protocol/src/**/*.ts',
  '../../package-lock.json',
]

/** Hex SHA-256 over names and bytes of the sources under the console's folder; tests do not count. */
export function sourceHash(root: string): string {
  const hash = createHash('sha256')
  for (const name of globSync(sources, { cwd: root }).sort()) {
    if (/\.test\.tsx?$/.test(name) || !/\.\w+$/.test(name)) continue
    hash.update(`${name.replaceAll('\\', '/')}\0`).update(readFileSync(join(root, name)))
  }
  return hash.digest('hex')
}
