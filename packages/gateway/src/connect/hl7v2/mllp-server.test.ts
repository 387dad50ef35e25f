/** The MLLP door with real sockets: acknowledgements, modes, limits. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { after, test } from 'node:test'
import iconv from 'iconv-lite'
import { refuseIn } from '../../room-refusal.ts'
import type { Arrival } from '../arrival.ts'
import type { Source } from '../source.ts'
import type { ItemEnd, KeepArrivals } from './mllp-answer.ts'
import { createFrameReader, frameOf } from './mllp-frames.ts'
import { type MllpOptions, type MllpServer, startMllpServer } from './mllp-server.ts'

const source: Source = {
  name: 'his',
  kind: 'hl7v2',
  profile: 'r4',
  timeZone: '+08:00',
  captureMethod: 'interface',
  ackAfter: 'stored',
  onBadValue: 'refuse',
}

const servers: MllpServer[] = []
after(() => Promise.all(servers.map((server) => server.close())))

const takenIn: ItemEnd = { state: 'taken-in' }

/** An inbox in memory: remembers what it kept and answers with `end`. */
function inbox(end: ItemEnd = takenIn) {
  const kept: Arrival[] = []
  const keep: KeepArrivals = async (items) => {
    kept.push(...items)
    return items.map(() => ({ outcome: Promise.resolve(end) }))
  }
  return { kept, keep }
}

async function door(more: Partial<MllpOptions> = {}): Promise<MllpServer> {
  let number = 0
  const server = await startMllpServer({
    source,
    keep: inbox().keep,
    now: () => new Date('2026-03-01T02:00:00Z'),
    nextControlId: () => `OUR${++number}`,
    port: 0,
    ...more,
  })
  servers.push(server)
  return server
}

async function call(server: MllpServer): Promise<Socket> {
  const socket = connect(server.port, '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

/** Sends messages as one piece and gives the answers until `count` came or the door closed. */
async function exchange(
  server: MllpServer,
  messages: readonly Uint8Array[],
  count: number,
): Promise<string[]> {
  const socket = await call(server)
  socket.write(Buffer.concat(messages.map(frameOf)))
  const reader = createFrameReader(1_000_000)
  const answers: string[] = []
  for await (const chunk of socket) {
    answers.push(...reader.add(chunk).frames.map((frame) => Buffer.from(frame).toString('utf8')))
    if (answers.length >= count) break
  }
  socket.destroy()
  return answers
}

const message = (id: string, tail = '') =>
  Buffer.from(`MSH|^~\\&|HIS|甲院|NODE|乙院|20260101||ADT^A01^ADT_A01|${id}|P|2.5.1${tail}\rPID|1||7\r`)

const acknowledged = (answer: string) => /\rMSA\|(\w\w)\|([^\r|]*)/.exec(answer)?.slice(1)

test('a message is kept, then answered AA with its control id, sender and receiver exchanged', async () => {
  const { kept, keep } = inbox()
  const [answer = ''] = await exchange(await door({ keep }), [message('M1')], 1)
  assert.equal(
    answer.split('\r')[0],
    'MSH|^~\\&|NODE|乙院|HIS|甲院|20260301020000+0000||ACK^A01^ACK|OUR1|P|2.5.1',
  )
  assert.deepEqual(acknowledged(answer), ['AA', 'M1'])
  assert.deepEqual(
    kept.map((item) => [item.controlId, item.form, Buffer.from(item.bytes).equals(message('M1'))]),
    [['M1', 'hl7v2', true]],
  )
})

test('many messages in one piece are answered in order', async () => {
  const ids = Array.from({ length: 50 }, (_, at) => `M${at}`)
  const answers = await exchange(
    await door(),
    ids.map((id) => message(id)),
    ids.length,
  )
  assert.deepEqual(
    answers.map(acknowledged),
    ids.map((id) => ['AA', id]),
  )
})

test('what cannot be kept is answered AE, and says nothing of why inside', async () => {
  const keep: KeepArrivals = () => Promise.reject(new Error('disk full at /secret'))
  const [answer = ''] = await exchange(await door({ keep }), [message('M1')], 1)
  assert.deepEqual(acknowledged(answer), ['AE', 'M1'])
  assert.match(answer, /hl7v2\.not-kept/)
  assert.doesNotMatch(answer, /secret/)
})

test('what is not HL7 is answered AR and is not kept', async () => {
  const { kept, keep } = inbox()
  const [answer = ''] = await exchange(await door({ keep }), [Buffer.from('hello')], 1)
  assert.deepEqual(acknowledged(answer), ['AR', ''])
  assert.match(answer, /hl7v2\.not-hl7/)
  assert.deepEqual(kept, [])
})

test('by default bad content is AA, because it is kept and an error would stop the sender', async () => {
  const refused = {
    state: 'refused' as const,
    refusal: refuseIn('standardise', 'hl7v2.sex-code', { place: 'PID-8' }),
  }
  const [answer = ''] = await exchange(await door({ keep: inbox(refused).keep }), [message('M1')], 1)
  assert.deepEqual(acknowledged(answer), ['AA', 'M1'])
})

test('a source that asks for it hears of bad content, with the place', async () => {
  const validated = { ...source, ackAfter: 'validated' as const }
  const cases: [string, string, string, RegExp][] = [
    ['hl7v2.sex-code', 'PID-8', 'AE', /\rERR\|\|PID\^1\^8\|103\^/],
    ['hl7v2.unsupported-message', 'MSH-9', 'AR', /\rERR\|\|MSH\^1\^9\|200\^/],
  ]
  for (const [code, place, expected, error] of cases) {
    const refused = { state: 'refused' as const, refusal: refuseIn('standardise', code, { place }) }
    const [answer = ''] = await exchange(
      await door({ keep: inbox(refused).keep, source: validated }),
      [message('M1')],
      1,
    )
    assert.deepEqual(acknowledged(answer), [expected, 'M1'])
    assert.match(answer, error)
  }
  const [good = ''] = await exchange(await door({ source: validated }), [message('M2')], 1)
  assert.deepEqual(acknowledged(good), ['AA', 'M2'])
})

test('MSH-15 and MSH-16 decide who hears of what (enhanced mode, table 0155)', async () => {
  // The last message, in original mode, marks the end of the answers to the first.
  const wanted: [string, string[]][] = [
    ['|||AL|NE', ['CA', 'AA']],
    ['|||AL|AL', ['CA', 'AA', 'AA']],
    ['|||NE|AL', ['AA', 'AA']],
    ['|||SU|NE', ['CA', 'AA']],
    ['|||ER|ER', ['AA']],
  ]
  for (const [tail, codes] of wanted) {
    const server = await door()
    const got = await exchangeUntilEnd(server, [message('M1', tail), message('END')])
    assert.deepEqual(got, codes, tail)
  }
  const failing: KeepArrivals = () => Promise.reject(new Error('away'))
  assert.deepEqual(
    await exchangeUntilEnd(await door({ keep: failing }), [message('M1', '|||ER|AL'), message('END')]),
    ['CE', 'AE'],
  )
})

async function exchangeUntilEnd(
  server: MllpServer,
  messages: readonly Uint8Array[],
): Promise<(string | undefined)[]> {
  const socket = await call(server)
  socket.write(Buffer.concat(messages.map(frameOf)))
  const reader = createFrameReader(1_000_000)
  const found: (string | undefined)[] = []
  for await (const chunk of socket) {
    const answers = reader.add(chunk).frames.map((frame) => acknowledged(Buffer.from(frame).toString('utf8')))
    found.push(...answers.map((answer) => answer?.[0]))
    if (answers.some((answer) => answer?.[1] === 'END')) break
  }
  socket.destroy()
  return found
}

test('the acknowledgement is in the separators and the character set of the message', async () => {
  const server = await door()
  const socket = await call(server)
  socket.write(
    frameOf(
      iconv.encode(
        'MSH!$~?@!HIS!甲院!NODE!乙院!20260101!!ADT$A01!M1!P!2.4!!!!!!GB 18030-2000\rPID!1!!7',
        'gb18030',
      ),
    ),
  )
  const [chunk] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  const answer = iconv.decode(chunk.subarray(1), 'gb18030')
  assert.equal(
    answer.split('\r')[0],
    'MSH!$~?@!NODE!乙院!HIS!甲院!20260301020000+0000!!ACK$A01$ACK!OUR1!P!2.4!!!!!!GB 18030-2000',
  )
  assert.equal(answer.split('\r')[1], 'MSA!AA!M1')
})

test('a message in letters nobody can tell, or without a control id, is HL7 all the same: it is kept and answered', async () => {
  const { kept, keep } = inbox()
  const server = await door({ keep })
  const socket = await call(server)
  const gbk = iconv.encode('MSH|^~\\&|HIS|甲院|||20260101||ADT^A01|M1|P|2.4\rPID|1||7', 'gb18030')
  const unnamed = Buffer.from('MSH|^~\\&|HIS|A|||20260101||ADT^A01||P|2.4\rPID|1||7')
  socket.write(Buffer.concat([gbk, unnamed].map(frameOf)))
  const [chunk] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  assert.ok(chunk.includes(iconv.encode('甲院', 'gb18030')), 'names come back byte for byte')
  assert.deepEqual(chunk.toString('latin1').match(/MSA\|\w\w\|\w*/g), ['MSA|AA|M1', 'MSA|AA|'])
  assert.deepEqual(
    kept.map((item) => item.controlId),
    ['M1', 'unnamed:OUR1'],
  )
})

test('a frame beyond the limit is rejected and the connection closed', async () => {
  const server = await door({ maxFrameBytes: 1000 })
  const answers = await exchange(server, [Buffer.concat([message('M1'), Buffer.alloc(5000, 0x41)])], 9)
  assert.deepEqual(answers.map(acknowledged), [['AR', 'M1']])
})

test('a peer that says nothing is let go, and one that is not allowed is not heard', async () => {
  const idle = await call(await door({ idleTimeoutMs: 20 }))
  idle.resume()
  await once(idle, 'close')
  const { kept, keep } = inbox()
  const stranger = await call(await door({ keep, allow: (address) => !address.includes('127.0.0.1') }))
  stranger.on('error', () => {})
  stranger.write(frameOf(message('M1')))
  stranger.resume()
  await once(stranger, 'close')
  assert.deepEqual(kept, [])
})

test('closing answers what has arrived and takes nothing more', async () => {
  let release: () => void = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let seen: () => void = () => {}
  const received = new Promise<void>((resolve) => {
    seen = resolve
  })
  const keep: KeepArrivals = async (items) => {
    seen()
    await held
    return items.map(() => ({ outcome: Promise.resolve(takenIn) }))
  }
  const server = await door({ keep })
  const socket = await call(server)
  const answer = once(socket, 'data') as Promise<[Buffer]>
  socket.write(frameOf(message('M1')))
  await received
  const closed = server.close()
  release()
  const [chunk] = await answer
  assert.deepEqual(acknowledged(chunk.toString('utf8')), ['AA', 'M1'])
  await closed
  assert.equal(server.connections(), 0)
  servers.splice(servers.indexOf(server), 1)
})

test('an open network is refused without TLS', async () => {
  await assert.rejects(door({ host: '0.0.0.0' }), /TLS/)
})

test('one address gets so many connections and no more, and a place again once one has ended', async () => {
  const server = await door({ limits: { maxConnectionsPerAddress: 2 } })
  const [first, second] = [await call(server), await call(server)]
  const third = await call(server)
  await once(third, 'close')
  assert.equal(server.connections(), 2)
  first.destroy()
  await once(first, 'close')
  const answered = async () => {
    try {
      return (await exchange(server, [message('A')], 1)).length
    } catch {
      return 0
    }
  }
  while ((await answered()) === 0);
  second.destroy()
})

test('connections that are made too fast are closed unanswered', async () => {
  const server = await door({ limits: { connectionsPerSecond: 1, connectionBurst: 2 } })
  assert.equal((await exchange(server, [message('A')], 1)).length, 1)
  assert.equal((await exchange(server, [message('B')], 1)).length, 1)
  const third = await call(server)
  third.on('error', () => undefined)
  await once(third, 'close')
  assert.equal(server.connections(), 0)
})

test('messages that come too fast are read more slowly; none is refused and none is lost', async () => {
  const { kept, keep } = inbox()
  let nowMs = 0
  let waitedMs = 0
  const server = await door({
    keep,
    now: () => new Date(nowMs),
    pause: async (timeoutMs) => {
      nowMs += timeoutMs
      waitedMs += timeoutMs
    },
    limits: { messagesPerSecond: 10, messageBurst: 5 },
  })
  const many = Array.from({ length: 25 }, (_, i) => message(`M${i}`))
  const answers = await exchange(server, many, 25)
  assert.deepEqual(
    answers.map((answer) => acknowledged(answer)?.[0]),
    many.map(() => 'AA'),
  )
  assert.equal(kept.length, 25)
  assert.equal(waitedMs, 2000)
})
