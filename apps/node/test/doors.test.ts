/** The doors of the real program towards the network: TLS or a proxy, the cookie, the limits, and what is refused. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { folderFor, meridian, startMeridian } from './meridian-process.ts'

const cert = join(import.meta.dirname, 'fixtures', 'tls', 'cert.pem')
const key = join(import.meta.dirname, 'fixtures', 'tls', 'key.pem')
const environment = { MERIDIAN_PASSPHRASE: 'only for tests' }

interface Said {
  readonly code: string
  readonly cause?: { readonly code: string }
}

interface Served {
  readonly url: string
  readonly password: string
  stop(): Promise<string>
}

async function served(home: string, ...args: string[]): Promise<Served> {
  const node = startMeridian(['start', '--home', home, '--empty', '--port', '0', ...args], environment)
  const [, url = ''] = await node.said(/Console 控制台 +(https?:\/\/\S+)/)
  await node.said(/Ctrl-C ends it/)
  const [, password = ''] = await node.said(/password, shown once 密码（仅显示一次） +(\S+)|Ctrl-C/)
  return {
    url,
    password,
    async stop() {
      node.kill('SIGTERM')
      const { code, out, log } = await node.finished
      assert.equal(code, 0, log)
      return out + log
    },
  }
}

/** A POST with our own certificate trusted; the cookie that came back, the status and the headers. */
function post(url: string, body: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }>(
    (resolve, reject) => {
      const sent = request(
        url,
        {
          method: 'POST',
          ca: readFileSync(cert),
          headers: { 'content-type': 'application/json', ...headers },
        },
        async (response) => {
          let text = ''
          for await (const chunk of response) text += chunk
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
        },
      )
      sent.on('error', reject)
      sent.end(body)
    },
  )
}

describe('off loopback', () => {
  test('without TLS or a proxy nothing is opened, with a code and the way to mend it', async (t) => {
    const home = join(folderFor(t), 'home')
    const refused = await meridian(
      ['start', '--home', home, '--empty', '--port', '0', '--host', '0.0.0.0'],
      environment,
    )
    assert.equal(refused.code, 2)
    assert.match(refused.log, /listen\.off-loopback: .*--behind-proxy[\s\S]*反向代理/)
    assert.ok(!existsSync(home), 'a start that is refused sets nothing up')
    await (await served(home)).stop()
    const path = join(home, 'meridian.json')
    const configuration = JSON.parse(readFileSync(path, 'utf8'))
    const mllp = { port: 0, host: '0.0.0.0' }
    const source = {
      name: 'his',
      kind: 'hl7v2',
      profile: 'r4',
      timeZone: '+08:00',
      captureMethod: 'interface',
    }
    const more = { ackAfter: 'stored', onBadValue: 'refuse', mllp }
    writeFileSync(path, JSON.stringify({ ...configuration, sources: [{ ...source, ...more }] }))
    const alsoRefused = await meridian(['start', '--home', home], environment)
    assert.equal(alsoRefused.code, 2)
    assert.match(alsoRefused.log, /listen\.off-loopback: sources his mllp/)
  })

  test('a limit that nobody knows or that is no number is named', async (t) => {
    const home = join(folderFor(t), 'home')
    const node = await served(home)
    await node.stop()
    const path = join(home, 'meridian.json')
    const configuration = JSON.parse(readFileSync(path, 'utf8'))
    const limits = { admin: { burst: -1 }, fhir: { speed: 3, strangers: { burst: 'x' } }, door: {} }
    writeFileSync(path, JSON.stringify({ ...configuration, limits }))
    const { code, log } = await meridian(['status', '--home', home], environment)
    assert.equal(code, 2)
    for (const place of ['admin.burst', 'fhir.speed', 'fhir.strangers.burst', 'door'])
      assert.match(log, new RegExp(`limits\\.${place}`))
  })
})

describe('over TLS', () => {
  test('the cookie is Secure, commands of this machine still reach the node, limits answer 429', async (t) => {
    const home = join(folderFor(t), 'home')
    const node = await served(home, '--host', '0.0.0.0', '--tls-cert', cert, '--tls-key', key)
    const base = node.url.replace(/\/\/[^:]+:/, '//localhost:')
    assert.match(base, /^https:/)
    const signedIn = await post(
      `${base}/api/session`,
      JSON.stringify({ name: 'admin', password: node.password }),
    )
    assert.equal(signedIn.status, 200, signedIn.text)
    assert.match(String(signedIn.headers['set-cookie']), /; HttpOnly; SameSite=Strict; Secure/)
    const status = await meridian(['status', '--home', home, '--json'], environment)
    assert.equal(status.code, 0, status.log)
    const control = JSON.parse(readFileSync(join(home, 'run', 'control.json'), 'utf8')) as { url: string }
    assert.match(control.url, /^http:\/\/127\.0\.0\.1:/)
    await node.stop()
  })
})

describe('behind a proxy', () => {
  test('the cookie is Secure, callers are told apart, and the ledger door is not open through it', async (t) => {
    const home = join(folderFor(t), 'home')
    const first = await served(home)
    await first.stop()
    const path = join(home, 'meridian.json')
    const configuration = JSON.parse(readFileSync(path, 'utf8'))
    const limits = { admin: { requestsPerSecond: 0.01, burst: 0.5 } }
    writeFileSync(path, JSON.stringify({ ...configuration, limits }))
    const node = await served(home, '--host', '127.0.0.1', '--behind-proxy')
    const call = (address: string, url: string, init: RequestInit = {}) =>
      fetch(node.url + url, { ...init, headers: { ...init.headers, 'x-forwarded-for': address } })
    const signIn = (address: string) =>
      call(address, '/api/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'admin', password: first.password }),
      })
    const signedIn = await signIn('192.0.2.1')
    assert.equal(signedIn.status, 200)
    assert.match(signedIn.headers.get('set-cookie') ?? '', /Secure/)
    const statuses = []
    for (let i = 0; i < 6; i++) statuses.push((await call('192.0.2.1', '/api/session')).status)
    assert.ok(statuses.includes(429))
    assert.equal((await call('192.0.2.2', '/api/session')).status, 401)
    assert.equal((await call('127.0.0.1', '/ledger/v1/status')).status, 401)
    assert.equal((await fetch(`${node.url}/ledger/v1/status`)).status, 200)
    assert.ok(!(await node.stop()).includes('192.0.2.1'))
  })
})

describe('the control door', () => {
  test('without its token it says nothing, and too many tries are told to wait', async (t) => {
    const home = join(folderFor(t), 'home')
    const first = await served(home)
    await first.stop()
    const path = join(home, 'meridian.json')
    const configuration = JSON.parse(readFileSync(path, 'utf8'))
    const limits = { control: { requestsPerSecond: 1, burst: 3 }, ledger: { requestsPerSecond: 1, burst: 2 } }
    writeFileSync(path, JSON.stringify({ ...configuration, limits }))
    const node = await served(home)
    const control = JSON.parse(readFileSync(join(home, 'run', 'control.json'), 'utf8')) as {
      url: string
      token: string
    }
    const ask = (token: string, body = '{}') =>
      fetch(`${control.url}/control/v1/status`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body,
      })
    const denied = await ask('wrong')
    assert.deepEqual([denied.status, ((await denied.json()) as Said).code], [401, 'door.not-allowed'])
    const twice = await ask(control.token, '{"a":1,"a":2}')
    assert.deepEqual([twice.status, ((await twice.json()) as Said).cause?.code], [400, 'text.duplicate-key'])
    const answers = [await ask('wrong'), await ask('wrong'), await ask('wrong')]
    const limited = answers.find(({ status }) => status === 429)
    assert.ok(Number(limited?.headers.get('retry-after')) >= 1)
    assert.ok(limited)
    assert.equal(((await limited.json()) as Said).code, 'door.too-many-requests')
    assert.equal((await meridian(['status', '--home', home], environment)).code, 0)
    const ledger = []
    for (let i = 0; i < 3; i++) ledger.push((await fetch(`${node.url}/ledger/v1/status`)).status)
    assert.equal(ledger.at(-1), 429)
    await node.stop()
  })
})
