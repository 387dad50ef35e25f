/**
 * Nothing of a person is in a log line, in what a command prints of its work, or in an answer that says no: every door and the commands
 * are fed the sample patients, mostly where they do not belong, and all that comes out is searched for them.
 */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { people } from '../src/sample-day/people.ts'
import { seeded } from '../src/sample-day/seeded.ts'
import { writeSampleDay } from '../src/sample-day/write-sample-day.ts'
import { folderFor, meridian, startMeridian } from './meridian-process.ts'

const everyone = people(seeded(20_261_123), 120)
const [person] = everyone
assert.ok(person)
const marks = everyone.flatMap(({ family, given, idNumber, phone }) =>
  given.length > 1 ? [family + given, idNumber, phone] : [idNumber, phone],
)
const name = person.family + person.given
const marked = { name, idNumber: person.idNumber, phone: person.phone }

/** The marks that stand in a text; a failure names their number only, or this test would print them itself. */
function assertClean(what: string, text: string): void {
  assert.equal(marks.filter((mark) => text.includes(mark)).length, 0, `${what} names a person`)
}

interface Call {
  readonly path: string
  readonly method?: string
  readonly body?: string
  readonly type?: string
}

/** Calls that must all be refused: each carries the person in a place of its own. */
function wrongCalls(): readonly Call[] {
  const { idNumber, phone } = marked
  const json = JSON.stringify(marked)
  const patient = { resourceType: 'Patient', name: [{ text: name }], gender: name, birthDate: phone }
  const inPath = encodeURIComponent(name)
  const post = (path: string, body: string, type = 'application/json'): Call => ({
    path,
    method: 'POST',
    body,
    type,
  })
  return [
    post('/api/session', JSON.stringify({ name: phone, password: name })),
    post('/api/session', `{"${name}":1,"${name}":2}`),
    post('/api/session', `{"name":"${name}`),
    post('/api/session', `{"name":${'['.repeat(200)}"${name}"`),
    post('/api/session', json),
    post('/api/session', json, `text/${idNumber}`),
    { path: `/api/records/Patient/${idNumber}` },
    { path: `/api/${inPath}` },
    { path: `/api/records?cursor=${phone}&${inPath}=1` },
    { path: `/api/quarantine/${idNumber}` },
    { path: `/api/ledger/blocks/${phone}` },
    post('/fhir/R4/Patient', JSON.stringify(patient), 'application/fhir+json'),
    post('/fhir/R4/Patient', `{"resourceType":"Patient","${name}":"${phone}"}`, 'application/fhir+json'),
    post('/fhir/R4/Patient', `{"name":"${name}"`, 'application/fhir+json'),
    post('/fhir/R4', JSON.stringify({ resourceType: 'Bundle', type: name, entry: [patient] })),
    { path: `/fhir/R4/Patient/${idNumber}` },
    { path: `/fhir/R4/Patient?name=${inPath}&phone=${phone}` },
    { path: `/fhir/R4/Patient?birthdate=${inPath}` },
    { path: `/fhir/R4/${inPath}` },
    { path: `/ledger/v1/statements/${idNumber}` },
    { path: `/ledger/v1/proofs/${inPath}/00` },
    post('/ledger/v1/statements', json, 'application/cbor'),
    post('/ledger/v1/statements', json),
    { path: `/${inPath}.html` },
  ]
}

/** A port that was free a moment ago: a configured source has to name one. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Sends bytes to an MLLP port and gives all that comes back until it is quiet for the answer to one message, or closed. */
function overMllp(port: number, message: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`\u000b${message}\u001c\r`))
    let text = ''
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += chunk
      if (text.includes('\u001c')) socket.destroy()
    })
    socket.on('close', () => resolve(text)).on('error', () => undefined)
  })
}

test('no door, no log line and no command says anything of a person', { timeout: 600_000 }, async (t) => {
  const folder = folderFor(t)
  const home = join(folder, 'home')
  const environment = { MERIDIAN_PASSPHRASE: 'only for this test' }
  const first = startMeridian(['start', '--home', home, '--empty', '--port', '0'], environment)
  t.after(() => first.kill('SIGKILL'))
  await first.said(/Ctrl-C ends it/)
  const [, password = ''] = await first.said(/password, shown once 密码（仅显示一次） +(\S+)/)
  first.kill('SIGTERM')
  await first.finished
  const path = join(home, 'meridian.json')
  const mllpPort = await freePort()
  const his = {
    name: 'his',
    kind: 'hl7v2',
    profile: 'cn-national',
    timeZone: '+08:00',
    captureMethod: 'interface',
  }
  const door = { ackAfter: 'validated', onBadValue: 'refuse', mllp: { port: mllpPort } }
  writeFileSync(
    path,
    JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), sources: [{ ...his, ...door }] }),
  )
  const node = startMeridian(['start', '--home', home], environment)
  t.after(() => node.kill('SIGKILL'))
  const [, url = ''] = await node.said(/Console 控制台 +(\S+)/)
  await node.said(/Ctrl-C ends it/)

  const signedIn = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'admin', password }),
  })
  const token = /meridian_session=([^;]+)/.exec(signedIn.headers.get('set-cookie') ?? '')?.[1] ?? ''
  for (const { path: at, method = 'GET', body, type } of wrongCalls()) {
    for (const authorization of [`Bearer ${token}`, `Bearer ${person.idNumber}`]) {
      const answer = await fetch(url + at, {
        method,
        headers: { authorization, ...(type === undefined ? {} : { 'content-type': type }) },
        ...(body === undefined ? {} : { body }),
      })
      const text = await answer.text()
      assert.ok(answer.status >= 400, `${method} ${at.slice(0, 16)} answered ${answer.status}`)
      assertClean(
        `the answer ${answer.status} of ${method} ${at.slice(0, 16)}`,
        text + JSON.stringify([...answer.headers]),
      )
    }
  }

  const control = JSON.parse(readFileSync(join(home, 'run', 'control.json'), 'utf8')) as {
    url: string
    token: string
  }
  for (const [at, body] of [
    [encodeURIComponent(name), '{}'],
    ['records', `{"${name}":`],
    ['receipt', JSON.stringify({ id: `Patient/${person.idNumber}` })],
    ['intake', JSON.stringify({ files: [join(folder, name)] })],
    ['keys', JSON.stringify({ revoke: { keyId: 'ffffffff', reason: name } })],
  ]) {
    const answer = await fetch(`${control.url}/control/v1/${at}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${control.token}`, 'content-type': 'application/json' },
      body: body ?? '',
    })
    const text = await answer.text()
    // What the operator asked for may be named to the operator, and to nobody else: the id of a record, a path.
    if (at !== 'receipt' && at !== 'intake') assertClean(`the control door on ${at?.slice(0, 8)}`, text)
  }

  const header = `MSH|^~\\&|HIS|院|N|院|20260301080000||ADT^A01|${person.phone}|P|2.5.1|||||CHN|UNICODE UTF-8`
  // MSA-2 gives the sender its own control id back; here that is a number which must not stand anywhere else.
  for (const message of [
    `${header}\rPID|1||${person.number}^^^HIS^MR||${name}||${person.phone}|${name}`,
    `${header.replace('ADT^A01', `ADT^${name}`)}\rPID|1`,
    `${header}\rEVN||${name}\rPID|1`,
    `${header.replace('ADT^A01', 'ADT^A37')}\rPID|1||${person.idNumber}^^^HIS^MR\rPID|1||7^^^HIS^MR`,
    name,
  ])
    assertClean(
      'an acknowledgement',
      (await overMllp(mllpPort, message)).replaceAll(/(MSA\|\w\w\|)[^|\r]*/g, '$1'),
    )

  const files = writeSampleDay(join(folder, 'day')).filter(({ file }) => /[17]-/.test(file))
  const run = (...args: string[]) => meridian([...args, '--home', home], environment)
  writeFileSync(join(folder, 'false.cose'), name)
  writeFileSync(join(folder, 'false.leaf'), person.idNumber)
  writeFileSync(join(folder, 'false.key.pem'), name)
  const commands: string[][] = [
    ['intake', ...files.map(({ file }) => file), '--json'],
    ['records'],
    ['quarantine'],
    ['status', '--json'],
    ['vault', 'verify'],
    ['keys', 'list'],
    ['keys', 'rotate', '--purpose', 'receipt'],
    ['keys', 'rewrap'],
    ['verify', join(folder, 'false.cose')],
    ['verify', join(folder, 'false.cose'), '--ask-ledger'],
    ['verify', join(folder, 'false.leaf'), '--trust', join(folder, 'false.cose')],
  ]
  for (const command of commands) {
    const { out, log } = await run(...command)
    assertClean(`meridian ${command[0]}`, out + log)
  }
  node.kill('SIGTERM')
  const { out, log } = await node.finished
  assertClean('the log of the node', out + log)
})
