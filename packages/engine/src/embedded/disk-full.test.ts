/** A full disk is a named failure, loses nothing, and heals when there is room again. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { assertKept, CHILD } from '../fixtures/kill-rounds.ts'
import { createTestHome } from '../fixtures/test-home.ts'

/** A limit on the size of files stands in for the disk: 3 MB, lifted from outside while the process runs. */
const KILOBYTES = 3_000
const hasLimits = process.platform === 'linux' && spawnSync('prlimit', ['--version']).status === 0

test('while the disk is full statements are refused with engine.storage, and afterwards taken, with nothing lost', {
  skip: hasLimits ? false : 'needs prlimit (Linux)',
}, async () => {
  const home = createTestHome()
  const command = `ulimit -S -f ${KILOBYTES}; exec "$0" "$1" "$2"`
  const child = spawn('sh', ['-c', command, process.execPath, CHILD, home.directory], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  try {
    const lines: string[] = []
    let fullAt: number | undefined
    child.stdout.setEncoding('utf8')
    child.stdout.on('data', (text: string) => {
      lines.push(...text.split('\n'))
      const ids = lines.filter((line) => line.length === 64).length
      if (fullAt === undefined && lines.includes('full')) {
        fullAt = ids
        spawnSync('prlimit', ['--pid', String(child.pid), '--fsize=unlimited'])
      }
      if (fullAt !== undefined && ids > fullAt + 200) child.kill('SIGKILL')
    })
    const signal = await new Promise((resolve) => child.on('close', (_, by) => resolve(by)))
    assert.equal(signal, 'SIGKILL', 'the process lived through the full disk')
    const acknowledged = new Set(lines.filter((line) => line.length === 64))
    assert.ok(fullAt !== undefined && acknowledged.size > fullAt)
    await assertKept(home, acknowledged, 0)
  } finally {
    child.kill('SIGKILL')
    home.remove()
  }
})
