/** MLLP over TLS: who shows the right certificate is answered, everybody else is closed, and the door stays open. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect as connectPlain, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type ConnectionOptions, connect } from 'node:tls'
import { sourceOf } from '../../../fixtures/received.ts'
import { frameOf } from './mllp-frames.ts'
import { type MllpOptions, type MllpServer, startMllpServer } from './mllp-server.ts'

const skip = spawnSync('openssl', ['version']).status === 0 ? false : 'no openssl on this machine'

const folder = mkdtempSync(join(tmpdir(), 'meridian-tls-'))
after(() => rmSync(folder, { recursive: true }))

/** A key and a certificate, by itself or by an authority. Files `NAME.key` and `NAME.pem`. */
function certify(name: string, authority?: string): void {
  const by = authority === undefined ? [] : ['-CA', `${authority}.pem`, '-CAkey', `${authority}.key`]
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`]
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:localhost', '-days', '2']
  const call = ['req', '-x509', ...key, '-out', `${name}.pem`, ...subject, ...by]
  execFileSync('openssl', call, { cwd: folder, stdio: 'ignore' })
}

const read = (file: string) => readFileSync(join(folder, file))

before(() => {
  if (skip !== false) return
  certify('authority')
  for (const name of ['server', 'lis', 'ris']) certify(name, 'authority')
  certify('stranger')
})

const servers: MllpServer[] = []
after(() => Promise.all(servers.map((server) => server.close())))

async function openDoor(more: Partial<MllpOptions>): Promise<MllpServer> {
  const server = await startMllpServer({
    source: sourceOf({ kind: 'hl7v2' }),
    keep: async (items) => items.map(() => ({ outcome: Promise.resolve({ state: 'taken-in' }) })),
    now: () => new Date('2026-03-01T02:00:00Z'),
    nextControlId: () => 'OUR1',
    port: 0,
    ...more,
  })
  servers.push(server)
  return server
}

const own = () => ({ cert: read('server.pem'), key: read('server.key') })
const withAuthority = () => ({
  ...own(),
  ca: read('authority.pem'),
  requestCert: true,
  rejectUnauthorized: true,
})

/** A TLS connection with the certificate of that name, or with none. */
function connectAs(server: MllpServer, name?: string, more: ConnectionOptions = {}): Socket {
  const certificate = name === undefined ? {} : { cert: read(`${name}.pem`), key: read(`${name}.key`) }
  const trusted = { host: '127.0.0.1', servername: 'localhost', ca: read('authority.pem') }
  return connect({ port: server.port, ...trusted, ...certificate, ...more })
}

const message = Buffer.from('MSH|^~\\&|LIS|甲院|NODE|乙院|20260101||ADT^A01^ADT_A01|M1|P|2.5.1\rPID|1||7\r')

/** MSA-1 of the answer, or `closed`. */
function ask(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let said = ''
    socket.setEncoding('utf8').on('data', (chunk) => {
      said += chunk
      const [, code] = /MSA\|(\w\w)\|/.exec(said) ?? []
      if (code === undefined) return
      resolve(code)
      socket.destroy()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve('closed'))
    socket.write(frameOf(message))
  })
}

test('with an authority its certificates are answered; none and a stranger’s are closed', {
  skip,
}, async () => {
  const server = await openDoor({ tls: withAuthority() })
  assert.equal(await ask(connectAs(server, 'lis')), 'AA')
  assert.equal(await ask(connectAs(server)), 'closed')
  assert.equal(await ask(connectAs(server, 'stranger')), 'closed')
  assert.equal(await ask(connectAs(server, 'ris')), 'AA')
})

test('with pinned certificates another one of the same authority is closed too', { skip }, async () => {
  const { fingerprint256 } = new X509Certificate(read('lis.pem'))
  const plain = fingerprint256.replaceAll(':', '').toLowerCase()
  for (const pin of [fingerprint256, plain]) {
    const server = await openDoor({ tls: withAuthority(), clientCertificates: [pin] })
    assert.equal(await ask(connectAs(server, 'lis')), 'AA')
    assert.equal(await ask(connectAs(server, 'ris')), 'closed')
    assert.equal(await ask(connectAs(server)), 'closed')
  }
})

test('a pin alone vouches for a certificate that is signed by itself, and for no other', {
  skip,
}, async () => {
  const pin = new X509Certificate(read('stranger.pem')).fingerprint256
  const server = await openDoor({ tls: own(), clientCertificates: [pin] })
  assert.equal(await ask(connectAs(server, 'stranger')), 'AA')
  assert.equal(await ask(connectAs(server, 'lis')), 'closed')
  assert.equal(await ask(connectAs(server)), 'closed')
})

test('plain text and an old TLS at a TLS door are closed, and the next sender is answered', {
  skip,
}, async () => {
  const server = await openDoor({ tls: { ...own(), minVersion: 'TLSv1.2' } })
  assert.equal(await ask(connectPlain(server.port, '127.0.0.1')), 'closed')
  assert.equal(
    await ask(connectAs(server, undefined, { maxVersion: 'TLSv1.1', minVersion: 'TLSv1' })),
    'closed',
  )
  assert.equal(server.connections(), 0)
  assert.equal(await ask(connectAs(server)), 'AA')
})

test('a TLS sender at a plain door is closed or told AR, and the next sender is answered', {
  skip,
}, async () => {
  const server = await openDoor({})
  const stranger = connectAs(server)
  stranger.setTimeout(200, () => stranger.destroy())
  assert.equal(await ask(stranger), 'closed')
  assert.equal(await ask(connectPlain(server.port, '127.0.0.1')), 'AA')
})
