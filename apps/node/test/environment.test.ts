/** Configuration by the environment: it goes before the file, is checked as strictly, and a typo is refused. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { UsageError } from '../src/command-line/command.ts'
import { defaultConfiguration, readConfiguration, writeConfiguration } from '../src/home/configuration.ts'
import { environmentTable } from '../src/home/environment.ts'
import { homeAt, makeFolders } from '../src/home/home.ts'
import { folderFor } from './meridian-process.ts'

function newHome(t: TestContext) {
  const home = homeAt(join(folderFor(t), 'home'))
  makeFolders(home)
  writeConfiguration(home, defaultConfiguration)
  return home
}

test('what the environment says goes before meridian.json, and the rest of a section stays', (t) => {
  const peer = `${'0d'.repeat(20)}@b.example:26656`
  const { listen, consensus, database, monitoring, batches, ledger } = readConfiguration(newHome(t), {
    DATABASE_URL: 'postgres://a',
    MERIDIAN_LISTEN_PORT: '7777',
    MERIDIAN_BEHIND_PROXY: 'true',
    MERIDIAN_TLS_CERT: 'c.pem',
    MERIDIAN_TLS_KEY: 'k.pem',
    MERIDIAN_P2P_LISTEN: '0.0.0.0:26656',
    MERIDIAN_PEERS: `${peer}, ${peer}`,
    MERIDIAN_STILL_AFTER_MS: '60000',
    MERIDIAN_KEEP_BLOCKS: '5000',
    MERIDIAN_PASSPHRASE: 'read elsewhere',
    MERIDIAN_BATCH_MAX_COUNT: '',
  })
  const tls = { cert: 'c.pem', key: 'k.pem' }
  assert.deepEqual(listen, { host: '127.0.0.1', port: 7777, behindProxy: true, tls })
  assert.deepEqual(consensus, { p2pListen: '0.0.0.0:26656', peers: [peer, peer] })
  assert.equal(database, 'postgres://a')
  assert.equal(monitoring.stillAfterMs, 60_000)
  assert.deepEqual(ledger, { keepBlocks: 5_000, snapshotInterval: 10_000 })
  assert.equal(batches.maxCount, 4096)
})

test('a variable that is unknown, or written wrongly, is refused by its name', (t) => {
  const home = newHome(t)
  const wrong: readonly (readonly [string, string])[] = [
    ['MERIDIAN_LISTEN_PROT', '7300'],
    ['MERIDIAN_LISTEN_PORT', 'http'],
    ['MERIDIAN_BEHIND_PROXY', 'perhaps'],
    ['MERIDIAN_PEERS', 'b.example:26656'],
    ['MERIDIAN_BLOCK_INTERVAL_MS', '1'],
  ]
  for (const [name, value] of wrong) {
    const isNamed = (error: unknown) => error instanceof UsageError && error.text.en.includes(name)
    assert.throws(() => readConfiguration(home, { [name]: value }), isNamed, name)
  }
})

test('the guide has every variable and the setting that it stands for', () => {
  const file = join(import.meta.dirname, '../../../docs/guides/four-organisations-on-four-servers.md')
  const guide = readFileSync(file, 'utf8')
  const missing = environmentTable.filter(
    ({ name, setting }) => !guide.includes(`| \`${name}\` | \`${setting}\` |`),
  )
  assert.deepEqual(missing, [])
})
