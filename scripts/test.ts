// Runs the test files of the workspace with node's own runner and ends with one line that counts them.
// `--slow` runs the long ones (*.slow.test.ts) instead; further arguments are path prefixes to choose from.
import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'

const root = join(import.meta.dirname, '..')
const args = process.argv.slice(2)
const slow = args.includes('--slow')
const prefixes = args.filter((a) => !a.startsWith('--'))

const files = globSync(
  ['packages/*/src/**/*.test.ts', 'packages/*/test/**/*.test.ts', 'apps/*/**/*.test.ts'],
  {
    cwd: root,
    exclude: (name) => name.includes('node_modules') || name === 'dist',
  },
)
  .filter((f) => f.endsWith('.slow.test.ts') === slow)
  .filter((f) => prefixes.length === 0 || prefixes.some((p) => f.startsWith(p)))
  .sort()

// Every file is a process of its own that loads the same modules: what one compiled the next ones read.
process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules', '.cache', 'meridian')

const count = { passed: 0, failed: 0, skipped: 0 }
const isLeaf = (data: { details: { type?: string | undefined } }) => data.details.type !== 'suite'
const events = run({
  files: files.map((f) => join(root, f)),
  concurrency: Math.max(2, availableParallelism()),
  timeout: slow ? 3_600_000 : 900_000,
  execArgv: ['--disable-warning=ExperimentalWarning'],
})
events.on('test:pass', (data) => {
  if (!isLeaf(data)) return
  if (data.skip === undefined || data.skip === false) count.passed += 1
  else count.skipped += 1
})
events.on('test:fail', (data) => {
  if (isLeaf(data)) count.failed += 1
})
events.on('end', () => {
  setImmediate(() => {
    const passedAny = count.passed > 0 && count.failed === 0
    process.stdout.write(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`)
    process.exitCode = passedAny ? 0 : 1
  })
})
events.compose(new spec()).pipe(process.stdout)
