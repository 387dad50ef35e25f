// `npm run check`: everything a machine can say about the tree without running the product. One line per step.
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const bin = (name: string) => join(root, 'node_modules', '.bin', name)
const projects = globSync(['packages/*/tsconfig*.json', 'apps/*/tsconfig*.json', 'scripts/tsconfig.json'], {
  cwd: root,
}).sort()

const steps: readonly [name: string, command: string, args: readonly string[]][] = [
  ['format and lint', bin('biome'), ['ci', '--error-on-warnings', '.']],
  ...projects.map((p): [string, string, string[]] => [`types ${p}`, bin('tsc'), ['--noEmit', '-p', p]]),
  ['unused code', bin('knip'), []],
  ['house rules', process.execPath, ['--test', '--test-reporter=dot', 'scripts/house/*.test.ts']],
]

let failed = 0
for (const [name, command, args] of steps) {
  const started = performance.now()
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8' })
  const ok = result.status === 0
  process.stdout.write(`${ok ? 'ok  ' : 'FAIL'} ${name} (${Math.round(performance.now() - started)} ms)\n`)
  if (!ok) {
    failed += 1
    process.stdout.write(`${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}\n`)
  }
}
process.exitCode = failed === 0 ? 0 : 1
