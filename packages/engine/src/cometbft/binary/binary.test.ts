/** Finding the CometBFT program, and not taking any other. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { fetchCometBinary } from './fetch-binary.ts'
import { checkCometVersion, findCometBinary, isSupportedVersion } from './find-binary.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meridian-binary-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function install(name: string, printed: string): string {
  const place = join(folder, name)
  mkdirSync(place)
  writeFileSync(join(place, 'cometbft'), `#!/bin/sh\necho ${printed}\n`, { mode: 0o755 })
  return place
}

test('PATH comes before the tools of the installation', () => {
  const first = install('first', '0.39.0')
  const tools = install('tools', '0.39.0')
  const searchPath = [join(folder, 'nothing'), first].join(delimiter)
  assert.equal(findCometBinary({ searchPath, toolsFolder: tools }), join(first, 'cometbft'))
  assert.equal(findCometBinary({ toolsFolder: tools }), join(tools, 'cometbft'))
  assert.equal(findCometBinary({ searchPath: folder }), undefined)
})

test('v0.38.25 and later are taken, v0.40.0 as the 0.39.0 it prints; the dead lines and older ones are not', () => {
  for (const version of ['0.39.0', '0.38.25', 'v0.38.30', '0.40.0', '0.40.1+abc'])
    assert.ok(isSupportedVersion(version), version)
  for (const version of ['0.38.24', '0.37.20', '1.0.1', '2.0.0', '0.41.0', '', 'cometbft'])
    assert.ok(!isSupportedVersion(version), version)
})

test('a program of another version, and one that does not run, are refused by code', async () => {
  const old = join(install('old', '0.34.2'), 'cometbft')
  await assert.rejects(checkCometVersion(old), { code: 'engine.cometbft-version' })
  await assert.rejects(checkCometVersion(join(folder, 'none')), { code: 'engine.cometbft-missing' })
  assert.equal(await checkCometVersion(join(install('new', '0.39.0'), 'cometbft')), '0.39.0')
})

test('without Go the fetch fails with a code and a text in both languages that says what to do', async () => {
  const options = { toolsFolder: join(folder, 'tools'), environment: { PATH: folder } }
  await assert.rejects(fetchCometBinary(options), (error: { code: string; zh: string; message: string }) => {
    assert.equal(error.code, 'engine.cometbft-missing')
    assert.match(error.zh, /go install/)
    assert.match(error.message, /go install/)
    return true
  })
})
