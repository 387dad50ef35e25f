#!/usr/bin/env node
// Runs the program on the Node that the lock file names, whatever Node the system has.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const main = join(here, '..', 'src', 'main.ts')
const own = join(
  here,
  '..',
  '..',
  '..',
  'node_modules',
  '.bin',
  process.platform === 'win32' ? 'node.cmd' : 'node',
)
const node =
  Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : existsSync(own) ? own : undefined
if (node === undefined) {
  console.error('Meridian is not installed yet: run `npm install` first. 尚未安装,请先运行 npm install。')
  process.exit(3)
}
const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 3) : 3))
