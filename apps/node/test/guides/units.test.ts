/** The units under deploy/systemd, judged by systemd itself. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '../../../..')
const folder = join(root, 'deploy/systemd')
const hasSystemd = spawnSync('systemd-analyze', ['--version']).error === undefined

test('systemd-analyze verify has nothing to say about the units', {
  skip: hasSystemd ? false : 'systemd is not on this machine',
}, (t) => {
  const copy = mkdtempSync(join(tmpdir(), 'meridian-units-'))
  t.after(() => rmSync(copy, { recursive: true, force: true }))
  const units = readdirSync(folder)
  assert.deepEqual(units.sort(), ['meridian-backup.service', 'meridian-backup.timer', 'meridian.service'])
  for (const unit of units) {
    // The program has to be there for systemd: here it is in this folder and not in /opt.
    const text = readFileSync(join(folder, unit), 'utf8').replaceAll('/opt/meridian', root)
    writeFileSync(join(copy, unit), text)
  }
  const paths = units.map((unit) => join(copy, unit))
  const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...paths], {
    encoding: 'utf8',
  })
  assert.deepEqual([status, `${stdout}${stderr}`.trim()], [0, ''])
})
