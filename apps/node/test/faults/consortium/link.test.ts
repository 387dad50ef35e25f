/** The wires of the fault tests do what their names say. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { createLink, type Link } from './link.ts'

interface Ends {
  readonly link: Link
  readonly near: Socket
  readonly far: Socket
}

async function wire(t: TestContext): Promise<Ends> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const link = await createLink((server.address() as AddressInfo).port)
  const connected = once(server, 'connection')
  const near = connect(link.port, '127.0.0.1')
  near.on('error', () => {})
  const [far] = (await connected) as [Socket]
  far.on('error', () => {})
  t.after(() => {
    link.close()
    server.close()
  })
  return { link, near, far }
}

/** Resolves when it is closed, whatever the reason. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()))
}

/** Resolves when the socket has brought exactly this. */
async function brings(socket: Socket, text: string): Promise<void> {
  let brought = ''
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    brought += String(chunk)
    if (brought.length >= text.length) break
  }
  assert.equal(brought, text)
}

test('what is delayed stays in order, also when the wire becomes fast on the way', async (t) => {
  const { link, near, far } = await wire(t)
  link.set(60)
  near.write('one ')
  setTimeout(() => {
    link.set('open')
    near.write('two')
  }, 20)
  await brings(far, 'one two')
})

test('a stalled wire keeps its connection and carries what it held when it is open again', async (t) => {
  const { link, near, far } = await wire(t)
  link.set('stalled')
  near.write('held')
  link.set('open')
  await brings(far, 'held')
  assert.equal(near.destroyed, false)
})

test('a cut wire breaks its connections at once and takes no new one', async (t) => {
  const { link, near, far } = await wire(t)
  const broken = [closed(near), closed(far)]
  link.set('cut')
  await Promise.all(broken)
  const again = connect(link.port, '127.0.0.1')
  again.on('error', () => {})
  await closed(again)
})
