/**
 * A throw-away PostgreSQL for tests: an own cluster in a temporary folder when the server's programs are on this machine,
 * or a new database on the server named by MERIDIAN_TEST_POSTGRES_URL.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** `url` is that of an empty database; `newDatabase` makes another; `stop` and `start` take the server away and back. */
export interface TemporaryPostgres {
  readonly url: string
  newDatabase(): Promise<string>
  /** Null for a server that is not ours to stop. */
  readonly server: {
    stop(): Promise<void>
    start(): Promise<void>
    readonly pid: () => number | undefined
  } | null
  close(): Promise<void>
}

/** Runs SQL on a URL; handed in, so that the test kit needs no driver of its own. */
export type RunSql = (url: string, sql: string) => Promise<void>

/** `durable` leaves fsync on, for measurements; `settings` are further `name=value` for the server. */
export interface TemporaryPostgresOptions {
  readonly runSql: RunSql
  readonly durable?: boolean
  readonly settings?: readonly string[]
  readonly environment?: Readonly<Record<string, string | undefined>>
}

/** True when {@link startTemporaryPostgres} will find a server; tests skip by name otherwise. */
export function hasPostgres(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): boolean {
  return environment.MERIDIAN_TEST_POSTGRES_URL !== undefined || findPrograms(environment) !== undefined
}

/** Starts (or borrows) a server. Throws when there is none: ask {@link hasPostgres} first. */
export async function startTemporaryPostgres(options: TemporaryPostgresOptions): Promise<TemporaryPostgres> {
  const environment = options.environment ?? process.env
  const borrowed = environment.MERIDIAN_TEST_POSTGRES_URL
  if (borrowed !== undefined) return databasesOn(borrowed, options.runSql, null, async () => {})
  const programs = findPrograms(environment)
  if (programs === undefined) throw new Error('There is no PostgreSQL on this machine')
  const cluster = await createCluster(programs, options)
  await cluster.start()
  return databasesOn(cluster.url, options.runSql, cluster, cluster.remove)
}

async function databasesOn(
  adminUrl: string,
  runSql: RunSql,
  server: TemporaryPostgres['server'],
  remove: () => Promise<void>,
): Promise<TemporaryPostgres> {
  const made: string[] = []
  const newDatabase = async () => {
    const name = `meridian_test_${process.pid}_${Date.now().toString(36)}_${made.length}`
    await runSql(adminUrl, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`)
    made.push(name)
    return withDatabase(adminUrl, name)
  }
  const close = async () => {
    if (server !== null) return remove()
    for (const name of made) await runSql(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  }
  return { url: await newDatabase(), newDatabase, server, close }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

interface Programs {
  readonly initdb: string
  readonly postgres: string
}

function findPrograms(environment: Readonly<Record<string, string | undefined>>): Programs | undefined {
  const folders = [...(environment.PATH ?? '').split(delimiter), ...debianFolders()]
  const folder = folders.find((one) => existsSync(join(one, 'initdb')) && existsSync(join(one, 'postgres')))
  return folder === undefined
    ? undefined
    : { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') }
}

function debianFolders(): string[] {
  const root = '/usr/lib/postgresql'
  if (!existsSync(root)) return []
  return readdirSync(root)
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => join(root, version, 'bin'))
}

interface Cluster {
  readonly url: string
  start(): Promise<void>
  stop(): Promise<void>
  pid(): number | undefined
  remove(): Promise<void>
}

/** PostgreSQL refuses root, so under root it runs as `nobody` (65534). */
async function createCluster(programs: Programs, options: TemporaryPostgresOptions): Promise<Cluster> {
  const root = mkdtempSync(join(tmpdir(), 'meridian-postgres-'))
  const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
  if (user.uid !== undefined) chownSync(root, user.uid, user.gid)
  const data = join(root, 'data')
  const own = { ...user, cwd: root, env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' } }
  execFileSync(programs.initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '-N'], {
    ...own,
    stdio: 'ignore',
  })
  const port = await freePort()
  const settings = [...(options.durable === true ? [] : ['fsync=off']), ...(options.settings ?? [])]
  const parameters = ['-D', data, '-p', String(port), '-k', root, '-c', 'listen_addresses=127.0.0.1']
  for (const setting of settings) parameters.push('-c', setting)
  let child: ChildProcess | undefined
  const stop = async () => {
    await ended(child)
    child = undefined
  }
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    pid: () => child?.pid,
    start: async () => {
      child = spawn(programs.postgres, parameters, { ...own, stdio: ['ignore', 'ignore', 'pipe'] })
      await ready(child)
    },
    stop,
    remove: async () => {
      await stop()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000)
      if (said.includes('ready to accept connections')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}: ${said}`)))
  })
}

/** Immediate shutdown: what a power cut would leave, and fast. */
function ended(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGQUIT')
  })
}
