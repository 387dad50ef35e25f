/** A home with one MLLP door on a free port, and the questions that the fault tests ask of it. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { meridian, type Running, startMeridian } from '../meridian-process.ts'

/** Sets the home up, empty. `database` is a PostgreSQL URL; without it the vault is embedded. Gives the port of the door. */
export async function createMllpHome(home: string, database?: string): Promise<number> {
  const first = startMeridian(['start', '--empty', '--home', home, '--port', '0'], environmentOf(database))
  await first.said(/Ctrl-C ends it/)
  first.kill('SIGTERM')
  await first.finished
  return addMllpSource(home)
}

/** Gives a home that does not run an MLLP door; answers its port. */
export async function addMllpSource(home: string): Promise<number> {
  const file = join(home, 'meridian.json')
  const port = await freePort()
  const source = {
    name: 'lis',
    kind: 'hl7v2',
    profile: 'r4',
    timeZone: '+08:00',
    captureMethod: 'interface',
    ackAfter: 'stored',
    onBadValue: 'refuse',
    mllp: { port },
  }
  const configuration = { ...JSON.parse(readFileSync(file, 'utf8')), sources: [source] }
  writeFileSync(file, JSON.stringify(configuration))
  return port
}

const environmentOf = (database: string | undefined): NodeJS.ProcessEnv =>
  database === undefined ? {} : { DATABASE_URL: database }

/** Starts the node and resolves when its doors are open. */
export async function startHome(home: string, database?: string): Promise<Running> {
  const node = startMeridian(['start', '--home', home], environmentOf(database))
  await node.said(/Ctrl-C ends it/)
  return node
}

interface Status {
  readonly vault: {
    /** Duplicates among them. */
    readonly received: number
    readonly duplicates: number
    readonly pending: number
    readonly quarantined: number
    readonly versions: Readonly<Record<'sealed' | 'submitted' | 'final' | 'erased', number>>
  }
}

/** What `meridian status --json` says. */
export async function statusOf(home: string): Promise<Status['vault']> {
  const { code, out, log } = await meridian(['status', '--home', home, '--json'])
  assert.equal(code, 0, log)
  return (JSON.parse(out) as Status).vault
}

/** How many different messages the node ever kept. */
export const distinct = ({ received, duplicates }: Status['vault']) => received - duplicates

/** Asks until `count` different messages were kept and everything is in a block; fails after two minutes. */
export async function untilAnchored(home: string, count: number): Promise<Status['vault']> {
  const deadline = performance.now() + 120_000
  for (;;) {
    const status = await statusOf(home)
    const { sealed, submitted } = status.versions
    if (distinct(status) >= count && status.pending + sealed + submitted === 0) return status
    assert.ok(performance.now() < deadline, `not anchored in two minutes: ${JSON.stringify(status)}`)
  }
}

/** Every record of a type: its version and state. */
export async function recordsOf(home: string, type: string): Promise<{ version: number; state: string }[]> {
  const found: { version: number; state: string }[] = []
  let next: string | undefined
  do {
    const page = ['records', '--home', home, '--type', type, '--count', '1000', '--json']
    const { code, out, log } = await meridian(next === undefined ? page : [...page, '--cursor', next])
    assert.equal(code, 0, log)
    const answer = JSON.parse(out) as { items: { version: number; state: string }[]; next?: string }
    found.push(...answer.items)
    next = answer.next
  } while (next !== undefined)
  return found
}

/** `chain verify` and `vault verify` find nothing. */
export async function assertVerifies(home: string, database?: string): Promise<void> {
  for (const what of ['chain', 'vault']) {
    const { code, out, log } = await meridian([what, 'verify', '--home', home], environmentOf(database))
    assert.equal(code, 0, `${what} verify\n${out}\n${log}`)
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
