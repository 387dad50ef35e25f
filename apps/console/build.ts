/** Makes sure that the console is built: once after a clone, and again after its sources changed. Seconds, in a child process. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sourceHash } from './build/source-hash.ts'

const root = import.meta.dirname
const dist = join(root, 'dist')
const marker = '.built-from'

/**
 * Gives the folder with `index.html`, `verify.html` and `assets/`. Builds it first when there is none or when it was made
 * from other sources; `log` is told then. A folder made from other sources is served as it is when building fails.
 * @throws Error when there is nothing to serve.
 */
export async function ensureConsoleBuilt(log: (text: string) => void): Promise<string> {
  const wanted = sourceHash(root)
  const built = join(dist, marker)
  if (existsSync(built) && readFileSync(built, 'utf8') === wanted) return dist
  log('Building the console (once) … 正在构建控制台(仅首次)……')
  try {
    await buildAside(wanted)
  } catch (error) {
    if (!existsSync(built)) throw error
    log(`The console could not be built anew; the older one is served. ${String(error)}`)
  }
  return dist
}

/** Builds into a folder of its own and moves it into place, so that a half-built console is never served. */
async function buildAside(wanted: string): Promise<void> {
  const aside = join(root, 'node_modules', `.building-${process.pid}`)
  mkdirSync(aside, { recursive: true })
  try {
    await runBuild(aside)
    writeFileSync(join(aside, marker), wanted)
    rmSync(dist, { recursive: true, force: true })
    renameSync(aside, dist)
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

/** In a process of its own: the bundler's memory goes with it. */
function runBuild(outDir: string): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'build', 'run-build.ts'), outDir], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString()
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`the console does not build: ${complaints.slice(-2000)}`)),
    )
  })
}
