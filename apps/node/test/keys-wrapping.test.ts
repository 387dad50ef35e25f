/** A new wrapping key for every data key, and a new passphrase for every key file; each may be cut short at any moment. */
import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { fromHex } from '@meridian/protocol'
import { folderFor, meridian, startMeridian } from './meridian-process.ts'
import { environment, opened, runningHome } from './running-home.ts'

describe('a new wrapping key', () => {
  test('wraps every data key anew; the old one is forgotten at the next start and opens nothing', async (t) => {
    const { home, run, take, stop } = await runningHome(t)
    const id = await take('p1')
    cpSync(join(home, 'keys'), join(home, 'old-keys'), { recursive: true })
    const rewrapped = await run('keys', 'rewrap')
    assert.equal(rewrapped.code, 0, rewrapped.log)
    const { keys, rewrapped: count, unknown } = JSON.parse(rewrapped.out).rewrapped
    assert.deepEqual([count, unknown], [keys, 0])
    assert.ok(keys >= 2)
    await take('p2')
    assert.equal(JSON.parse((await run('keys')).out).wrapping.isRewrapping, true)
    await stop()
    const { wrapping } = JSON.parse((await run('keys')).out)
    assert.equal(wrapping.isRewrapping, false)
    assert.equal((await run('export', id, '-o', join(home, 'out.json'))).code, 0)
    assert.equal((await run('vault', 'verify')).code, 0)
    cpSync(join(home, 'old-keys', 'keyring.json'), join(home, 'keys', 'keyring.json'))
    assert.equal((await run('vault', 'verify')).code, 1)
  })

  test('a backup from before opens with the keys of then and is refused with those of now', async (t) => {
    const { home, at, run, take, stop } = await runningHome(t)
    await take('p1')
    cpSync(join(home, 'keys'), at('old-keys'), { recursive: true })
    assert.equal((await run('backup', '-o', at('backup.tar'))).code, 0)
    assert.equal((await run('keys', 'rewrap')).code, 0)
    await stop()
    assert.equal((await run('status')).code, 0)
    const restore = (keys: string, to: string) =>
      meridian(['restore', at('backup.tar'), '--keys', keys, '--home', at(to)], environment)
    const refused = await restore(join(home, 'keys'), 'restored')
    assert.equal(refused.code, 3, refused.log)
    assert.match(refused.log, /made before the wrapping key was replaced/)
    assert.equal((await restore(at('old-keys'), 'restored')).code, 0)
    assert.equal((await meridian(['vault', 'verify', '--home', at('restored')], environment)).code, 0)
  })

  test('a stop in the middle is finished by the next start', async (t) => {
    const { home, run, take, stop } = await runningHome(t)
    await take('p1')
    await stop()
    await opened(home, async (node) => {
      const stopped = node.keys.rewrap(() => {
        throw new Error('stopped')
      })
      await assert.rejects(stopped, /stopped/)
      assert.equal(node.keys.wrapping().isRewrapping, true)
    })
    await opened(home, async (node) => assert.equal(node.keys.wrapping().isRewrapping, false))
    assert.equal((await run('vault', 'verify')).code, 0)
  })
})

describe('a new passphrase', () => {
  test('opens every key, the old one opens none, also when the change was cut short', async (t) => {
    const { home, take, stop } = await runningHome(t)
    await take('p1')
    await stop()
    const keys = join(home, 'keys')
    cpSync(keys, join(home, 'before'), { recursive: true })
    const change = { ...environment, MERIDIAN_NEW_PASSPHRASE: 'quite another passphrase' }
    const changed = await meridian(['keys', 'passphrase', '--home', home], change)
    assert.equal(changed.code, 0, changed.log)
    assert.doesNotMatch(changed.out + changed.log, /quite another/)
    const status = (words: string) => meridian(['status', '--home', home], { MERIDIAN_PASSPHRASE: words })
    assert.equal((await status('quite another passphrase')).code, 0)
    assert.equal((await status(environment.MERIDIAN_PASSPHRASE)).code, 3)

    const after = join(home, 'after')
    cpSync(keys, after, { recursive: true })
    cpSync(join(home, 'before'), keys, { recursive: true })
    mkdirSync(join(keys, 'reseal'))
    const [first = '', ...rest] = readdirSync(after).sort()
    cpSync(join(after, first), join(keys, first))
    for (const name of rest) cpSync(join(after, name), join(keys, 'reseal', name))
    assert.equal((await status('quite another passphrase')).code, 0)
    assert.ok(!existsSync(join(keys, 'reseal')))
  })

  test('that is too short, or missing where none is kept, is refused and changes nothing', async (t) => {
    const { home, stop } = await runningHome(t)
    await stop()
    const run = (more: NodeJS.ProcessEnv) =>
      meridian(['keys', 'passphrase', '--home', home, '--json'], { ...environment, ...more })
    assert.equal(JSON.parse((await run({})).out).refused.code, 'keys-passphrase-missing')
    const short = await run({ MERIDIAN_NEW_PASSPHRASE: 'short' })
    assert.equal(JSON.parse(short.out).refused.code, 'keys-passphrase-weak')
    assert.equal((await meridian(['status', '--home', home], environment)).code, 0)
  })

  test('of a home that keeps its own is made up and kept, also while the node runs; rotation goes on under it', async (t) => {
    const folder = folderFor(t)
    const home = join(folder, 'home')
    const env = { MERIDIAN_PASSPHRASE: '' }
    const node = startMeridian(['start', '--home', home, '--empty', '--port', '0'], env)
    t.after(() => node.kill('SIGKILL'))
    await node.said(/Ctrl-C ends it/)
    const before = readFileSync(join(home, 'keys', 'passphrase'), 'utf8')
    assert.equal((await meridian(['keys', 'passphrase', '--home', home], env)).code, 0)
    assert.notEqual(readFileSync(join(home, 'keys', 'passphrase'), 'utf8'), before)
    assert.equal((await meridian(['keys', 'rotate', '--purpose', 'statement', '--home', home], env)).code, 0)
    assert.equal((await meridian(['keys', 'rewrap', '--home', home], env)).code, 0)
    node.kill('SIGTERM')
    assert.equal((await node.finished).code, 0)
    const status = await meridian(['keys', '--home', home, '--json'], env)
    assert.equal(status.code, 0, status.log)
    assert.equal(JSON.parse(status.out).wrapping.isRewrapping, false)
    assert.ok(fromHex(JSON.parse(status.out).items[0].keyId))
  })
})
