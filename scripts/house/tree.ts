// What the house checks read: the source files of the workspace and the modules each one imports.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

export interface SourceFile {
  readonly path: string
  readonly text: string
  readonly imports: readonly string[]
}

const importForm =
  /(?:^|\n)\s*(?:import|export)\s(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g

/** Every TypeScript file of the packages and apps, with what it imports. Paths are relative to the root, with `/`. */
export function sourceFiles(): SourceFile[] {
  return globSync(['packages/*/**/*.{ts,tsx}', 'apps/*/**/*.{ts,tsx}'], {
    cwd: root,
    exclude: (name) => name.includes('node_modules') || name === 'dist',
  })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8')
      const imports = [...text.matchAll(importForm)].map((m) => m[1] ?? m[2] ?? '')
      return { path, text, imports }
    })
}

/** True for files that only tests use. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$|-contract\.ts$|\/test\/|\/fixtures\/|^packages\/testkit\//.test(path)
}
