// Makes `npm start` and `npm test` work on a fresh clone: installs what the lock file names when it is not there yet.
// Plain JavaScript, because it runs on whatever Node (20 or later) the machine has.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const marker = join(root, 'node_modules', '.meridian-installed')
const lockHash = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')

const major = Number(process.versions.node.split('.')[0])
if (major < 20) {
  console.error(
    `Meridian needs Node 20 or later to install; this is ${process.version}. 需要 Node 20 或更高版本。`,
  )
  process.exit(2)
}

if (!existsSync(marker) || readFileSync(marker, 'utf8') !== lockHash) {
  console.error('Installing what package-lock.json names (once) … 正在安装依赖（仅首次）……')
  const npm = process.env.npm_execpath
  // `install` and not `ci`: `ci` refuses a lock that lacks an optional package of another platform, and a mirror that does not
  // carry all of them makes such a lock. What the lock names is installed as it names it; `--no-save` leaves the lock alone.
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
  const run = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  if (run.status !== 0) {
    console.error('Installing failed; the lines above say why. 安装失败，原因见上。')
    process.exit(3)
  }
  writeFileSync(marker, lockHash)
}
