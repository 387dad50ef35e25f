/** What the program refuses of an MLLP door before it opens, with a way to mend it. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createMllpHome } from './faults/mllp-home.ts'
import { folderFor, meridian } from './meridian-process.ts'

const certificates = join(import.meta.dirname, 'fixtures', 'tls')

test('pins without TLS, files that are no key and an open network are refused at the start', {
  timeout: 280_000,
}, async (t) => {
  const home = join(folderFor(t), 'home')
  const port = await createMllpHome(home)
  const file = join(home, 'meridian.json')
  const configuration = JSON.parse(readFileSync(file, 'utf8'))
  const refused = async (mllp: object) => {
    configuration.sources[0].mllp = { port, ...mllp }
    writeFileSync(file, JSON.stringify(configuration))
    return meridian(['start', '--home', home])
  }
  const pins = await refused({ clientCertificates: ['00'.repeat(32)] })
  assert.equal(pins.code, 2)
  assert.match(pins.log, /sources\[0\]\.mllp\.clientCertificates/)
  const cert = join(certificates, 'cert.pem')
  const keys = await refused({ tls: { cert, key: file } })
  assert.equal(keys.code, 3, keys.log)
  assert.match(keys.log, /key must belong to the certificate[\s\S]*私钥与证书相配/)
  const open = await refused({ host: '0.0.0.0' })
  assert.equal(open.code, 2)
  assert.match(open.log, /listen\.off-loopback: sources lis mllp[\s\S]*加密/)
})
