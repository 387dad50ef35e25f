/** What the server promises to both sides, over real sockets. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, describe, test } from 'node:test'
import type { AbciApplication } from './application.ts'
import { encodeRequest } from './codec/frame.ts'
import type { AbciFailure } from './failure.ts'
import { type AbciClient, connectAbci } from './fixtures/abci-client.ts'
import { quietApplication } from './fixtures/quiet-application.ts'
import { vectorRequests } from './fixtures/vector-messages.ts'
import type { CheckTxResponse } from './messages/mempool.ts'
import { type AbciServer, serveAbci } from './serve-abci.ts'
import type { AbciLimits } from './server/limits.ts'
import type { Request, Response } from './tables/envelope.ts'

const folder = mkdtempSync(join(tmpdir(), 'abci-server-'))
after(() => rmSync(folder, { recursive: true, force: true }))

let count = 0
const servers = new Set<AbciServer>()
afterEach(async () => {
  for (const server of servers) await server.close()
  servers.clear()
})

interface Served {
  readonly server: AbciServer
  readonly failures: AbciFailure[]
  connect(): Promise<AbciClient>
}

async function serve(
  calls: Partial<AbciApplication> = {},
  limits: Partial<AbciLimits> = {},
): Promise<Served> {
  const failures: AbciFailure[] = []
  const server = await serveAbci({
    application: quietApplication(calls),
    address: { path: join(folder, `${count++}.sock`) },
    limits,
    onFailure: (failure) => failures.push(failure),
  })
  servers.add(server)
  return { server, failures, connect: () => connectAbci(server.address) }
}

const requestOf = (kind: Request['kind']) =>
  Object.values(vectorRequests).find((one) => one.kind === kind) as Request
const finalize = requestOf('finalizeBlock')
const flush: Request = { kind: 'flush', value: {} }
const check = (n: number): Request => ({
  kind: 'checkTx',
  value: { tx: Uint8Array.of(n & 255, n >> 8), kind: 'new' },
})
const errorOf = (response: Response) => (response.kind === 'exception' ? response.value.error : response.kind)
const LIMIT = 1 << 20

describe('every request of CometBFT v0.38 to v0.40 is answered', () => {
  for (const [name, request] of Object.entries(vectorRequests))
    test(`${name} by an answer of its kind`, async () => {
      const client = await (await serve()).connect()
      assert.equal((await client.call(request)).kind, request.kind)
    })

  test('ExtendVote by an empty extension, of which only an empty one is accepted', async () => {
    const client = await (await serve()).connect()
    assert.deepEqual(await client.call({ kind: 'extendVote', value: {} }), { kind: 'extendVote', value: {} })
    const verify = (voteExtension: Uint8Array) =>
      client.call({ kind: 'verifyVoteExtension', value: { height: 1n, voteExtension } })
    assert.deepEqual((await verify(new Uint8Array())).value, { status: 'accept' })
    assert.deepEqual((await verify(Uint8Array.of(1))).value, { status: 'reject' })
  })

  test('InsertTx, ReapTxs and anything unknown by an exception, and the connection goes on', async () => {
    const { connect, failures } = await serve()
    const client = await connect()
    for (const content of ['aa01020a00', 'b20100', 'fa0100', '']) {
      const bytes = Buffer.from(content, 'hex')
      const answer = await client.sendRaw(Buffer.concat([Buffer.from([bytes.length]), bytes]))
      assert.match(errorOf(answer), /^abci\.unknown-request/)
    }
    assert.equal((await client.call(flush)).kind, 'flush')
    assert.equal(failures.length, 4)
  })
})

describe('answers stand in the order of their requests', () => {
  test('when a later check is done first', async () => {
    const asked: ((answer: CheckTxResponse) => void)[] = []
    const client = await (
      await serve({ checkTx: () => new Promise((resolve) => asked.push(resolve)) })
    ).connect()
    const order: string[] = []
    const answers = [0, 1, 2].map(async (n) =>
      order.push(`${n}:${JSON.stringify((await client.call(check(n))).value, plain)}`),
    )
    const flushed = client.call(flush).then(() => order.push('flush'))
    while (asked.length < 3) await turn()
    for (const n of [2, 1, 0]) asked[n]?.({ code: n })
    await Promise.all([...answers, flushed])
    assert.deepEqual(
      order.map((one) => one.slice(0, 13)),
      ['0:{"code":0,"', '1:{"code":1,"', '2:{"code":2,"', 'flush'],
    )
  })

  test('and any other call waits until those before it on its connection are answered', async () => {
    const asked: ((answer: CheckTxResponse) => void)[] = []
    const seen: string[] = []
    const client = await (
      await serve({
        checkTx: () => new Promise((resolve) => asked.push(resolve)),
        query: () => {
          seen.push('query')
          return { code: 0 }
        },
      })
    ).connect()
    const answers = [client.call(check(1)), client.call(requestOf('query')), client.call(check(2))]
    while (asked.length < 1) await turn()
    for (let i = 0; i < 20; i++) await turn()
    assert.deepEqual([seen, asked.length], [[], 1])
    asked[0]?.({ code: 0 })
    while (asked.length < 2) await turn()
    assert.deepEqual(seen, ['query'])
    asked[1]?.({ code: 0 })
    assert.deepEqual(
      (await Promise.all(answers)).map((one) => one.kind),
      ['checkTx', 'query', 'checkTx'],
    )
  })

  test('when a request comes byte by byte, and when many come at once', async () => {
    const client = await (await serve()).connect()
    client.socket.setNoDelay(true)
    const frame = encodeRequest(finalize, LIMIT)
    for (const byte of frame.subarray(0, -1)) {
      client.socket.write(Uint8Array.of(byte))
      await turn()
    }
    assert.equal((await client.sendRaw(frame.subarray(-1))).kind, 'finalizeBlock')
    const many = await Promise.all(Array.from({ length: 3000 }, (_, n) => client.call(check(n))))
    assert.ok(many.every((one) => one.kind === 'checkTx'))
  })
})

describe('what breaks the protocol is answered with an exception after the answers before it, then closed', () => {
  const broken: Readonly<Record<string, readonly [bytes: string, code: RegExp]>> = {
    'bytes that are no message': ['0342ffff', /^abci\.malformed/],
    'a length without end': ['ffffffffffff', /^abci\.malformed/],
    'a message larger than allowed, before it has come': ['ffffff7f', /^abci\.too-large/],
    'too many list elements': [`d401a201d001${'0a00'.repeat(104)}`, /^abci\.too-many/],
  }
  for (const [name, [bytes, code]] of Object.entries(broken))
    test(name, async () => {
      const { connect, failures } = await serve({ checkTx: async () => ({ code: 7 }) }, { maxElements: 100 })
      const client = await connect()
      const before = client.call(check(1))
      const answer = client.sendRaw(Buffer.from(bytes, 'hex'))
      assert.equal((await before).kind, 'checkTx')
      assert.match(errorOf(await answer), code)
      await client.closed
      assert.equal(failures.length, 1)
    })

  test('and another connection does not notice', async () => {
    const { connect } = await serve()
    const [bad, good] = [await connect(), await connect()]
    await bad.sendRaw(Buffer.from('0342ffff', 'hex'))
    await bad.closed
    assert.equal((await good.call(flush)).kind, 'flush')
  })
})

describe('an application that fails', () => {
  const mark = 'the patient called Zhang'
  const failing: Readonly<Record<string, Partial<AbciApplication>>> = {
    'by throwing': {
      finalizeBlock: () => {
        throw new Error(mark)
      },
    },
    'by rejecting': { finalizeBlock: () => Promise.reject(new Error(mark)) },
    'by an answer that cannot be encoded': {
      finalizeBlock: () => ({ txResults: [{ code: -1, log: mark }], appHash: new Uint8Array() }),
    },
    'by an answer larger than a message may be': {
      finalizeBlock: () => ({ txResults: [], appHash: new Uint8Array(3000) }),
    },
  }
  for (const [name, calls] of Object.entries(failing))
    test(`${name} is an exception in our own words, a closed connection, and the cause for onFailure`, async () => {
      const { connect, failures } = await serve(calls, { maxMessageBytes: 2000 })
      const client = await connect()
      const answer = await client.call(finalize)
      assert.equal(errorOf(answer), 'abci.application: The application failed in finalizeBlock')
      await client.closed
      assert.equal(failures[0]?.code, 'abci.application')
      assert.ok(failures[0]?.cause instanceof Error)
    })
})

describe('no peer makes the server hold more than its limits', () => {
  test('checks that are not answered: so many are under way and the rest waits', async () => {
    const asked: ((answer: CheckTxResponse) => void)[] = []
    const { connect, server } = await serve(
      { checkTx: () => new Promise((resolve) => asked.push(resolve)) },
      { maxUnderWay: 100 },
    )
    const client = await connect()
    const answers = Promise.all(Array.from({ length: 5000 }, (_, n) => client.call(check(n))))
    while (asked.length < 100) await turn()
    for (let i = 0; i < 50; i++) await turn()
    assert.equal(asked.length, 100)
    assert.deepEqual(server.connections, [{ role: 'mempool', received: 100, underWay: 100 }])
    for (let done = 0; done < 5000; done++) {
      while (asked[done] === undefined) await turn()
      asked[done]?.({ code: 0 })
    }
    assert.equal((await answers).length, 5000)
  })

  test('answers that are not read: the server stops to read requests, and goes on when they are', async () => {
    const { connect, server } = await serve()
    const client = await connect()
    client.socket.pause()
    const request: Request = { kind: 'echo', value: { message: 'x'.repeat(64 * 1024) } }
    const answers = Promise.all(Array.from({ length: 500 }, () => client.call(request)))
    let before = -1
    while (before !== server.connections[0]?.received) {
      before = server.connections[0]?.received ?? 0
      for (let i = 0; i < 50; i++) await turn()
    }
    assert.ok(before < 100, `${before} requests were taken`)
    client.socket.resume()
    assert.equal((await answers).length, 500)
  })

  test('connections beyond the allowed number are closed', async () => {
    const { connect } = await serve({}, { maxConnections: 4 })
    const clients = await Promise.all(Array.from({ length: 5 }, connect))
    await Promise.race(clients.map((client) => client.closed))
  })
})

describe('a flood of checks', () => {
  const busy = (ms: number) => {
    const end = performance.now() + ms
    while (performance.now() < end) {}
  }
  for (const [name, checkTx] of Object.entries({
    'that take time at once': () => {
      busy(0.2)
      return { code: 0 }
    },
    'that take time later': async () => {
      await turn()
      busy(0.2)
      return { code: 0 }
    },
  }))
    test(`${name} lets a block through`, async () => {
      const { connect, server } = await serve({ checkTx }, { maxUnderWay: 64 })
      const [mempool, consensus] = [await connect(), await connect()]
      await consensus.call(requestOf('processProposal'))
      const flood = Array.from({ length: 5000 }, (_, n) => mempool.call(check(n)))
      await flood[0]
      for (const request of [requestOf('processProposal'), finalize, requestOf('commit')])
        assert.equal((await consensus.call(request)).kind, request.kind)
      const checked = server.connections.find((one) => one.role === 'mempool')?.received ?? 0
      assert.ok(checked < 1000, `${checked} of 5000 checks came before three calls of consensus`)
      assert.equal((await Promise.all(flood)).length, 5000)
    })
})

describe('the address', () => {
  test('may be TCP with a port that is given out', async () => {
    const server = await serveAbci({
      application: quietApplication(),
      address: { host: '127.0.0.1', port: 0 },
    })
    servers.add(server)
    assert.match(server.proxyApp, /^tcp:\/\/127\.0\.0\.1:[1-9]\d+$/)
    assert.equal((await (await connectAbci(server.address)).call(flush)).kind, 'flush')
  })

  test('may be a socket file that a killed process left', async () => {
    const path = join(folder, 'stale.sock')
    const script = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`
    const { spawn } = await import('node:child_process')
    await once(spawn(process.execPath, ['-e', script]), 'exit')
    assert.ok(existsSync(path))
    const server = await serveAbci({ application: quietApplication(), address: { path } })
    servers.add(server)
    assert.equal(server.proxyApp, `unix://${path}`)
  })

  test('is refused while another process listens there, and no other file is removed', async () => {
    const path = join(folder, 'taken.sock')
    const other = createServer().listen(path)
    await once(other, 'listening')
    await assert.rejects(serveAbci({ application: quietApplication(), address: { path } }), {
      code: 'EADDRINUSE',
    })
    other.close()
    const file = join(folder, 'file')
    writeFileSync(file, 'kept')
    await assert.rejects(serveAbci({ application: quietApplication(), address: { path: file } }), {
      code: 'EADDRINUSE',
    })
    assert.equal(readFileSync(file, 'utf8'), 'kept')
  })

  test('is free again once the server is closed, and its connections are gone', async () => {
    const { server, connect } = await serve()
    const client = await connect()
    await server.close()
    servers.delete(server)
    await client.closed
    await assert.rejects(connectAbci(server.address))
  })
})

test('four connections are told apart by what they ask', async () => {
  const { connect, server } = await serve()
  for (const kind of ['info', 'checkTx', 'initChain', 'listSnapshots'] as const)
    await (await connect()).call(requestOf(kind))
  assert.deepEqual(
    server.connections.map((one) => one.role),
    ['query', 'mempool', 'consensus', 'snapshot'],
  )
})

const plain = (_: string, member: unknown) => (typeof member === 'bigint' ? `${member}n` : member)

/** One turn of the event loop. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
