/** `bench fhir`: reads, searches, creates and bundles through the FHIR door over HTTP, by eight clients in another process. */
import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { fhirBasePath, fhirDoor } from '@meridian/gateway'
import { accessAll } from '@meridian/vault'
import Fastify from 'fastify'
import { fhirNeedsOf } from '../serve/fhir-needs.ts'
import type { Node } from '../wiring/node.ts'
import type { LoadPlan, LoadResult } from './fhir-load.ts'
import { type Figure, figure, peakMemoryMb, perSecond, quantile } from './figure.ts'
import { loadFile, recordsPerItem } from './loads.ts'
import { type BenchPlace, openThrowawayNode, type ThrowawayNode } from './throwaway-home.ts'
import { timedIntake } from './timed-intake.ts'

/** As many clients as the measured FHIR server had. */
const clients = 8

const secondsEach = 8

/** Twice its reads and four times its searches on PostgreSQL, half of that embedded. */
const aims = {
  postgres: { reads: 2600, searches: 1500 },
  embedded: { reads: 1300, searches: 750 },
} as const

/** `records` is the size of the store that is read and searched. Effects: those of an intake, in a throw-away home. */
export async function fhirBench(place: BenchPlace, records: number): Promise<Figure[]> {
  const opened = await openThrowawayNode(place)
  try {
    const items = Math.max(1, Math.round(records / recordsPerItem.bundle))
    await timedIntake(opened, loadFile('bundle', 0, items), 'bundle')
    return await measured(opened, items, aims[place.database === 'embedded' ? 'embedded' : 'postgres'])
  } finally {
    await opened.close()
  }
}

async function measured(
  { node }: ThrowawayNode,
  items: number,
  aim: (typeof aims)['postgres' | 'embedded'],
): Promise<Figure[]> {
  const door = await openBenchDoor(node)
  try {
    const run = async (work: LoadPlan['work'], seconds = secondsEach) =>
      loadDoor({ ...door, clients, seconds, work })
    const reads = { kind: 'get', paths: await readPaths(node) } as const
    const searches = { kind: 'get', paths: await searchPaths(node) } as const
    await run(reads, 2)
    const read = await run(reads)
    await run(searches, 2)
    const searched = await run(searches)
    const created = await run({ kind: 'create', from: items })
    const bundled = await run({ kind: 'bundle', from: items + 1_000_000 })
    return [
      ...figuresOf('reads', 'requests/s', read, 1, aim.reads),
      ...figuresOf('searches by patient and code', 'requests/s', searched, 1, aim.searches),
      ...figuresOf('creates', 'records/s', created, 1),
      ...figuresOf('resources in bundles', 'records/s', bundled, recordsPerItem.bundle),
      figure('peak memory', peakMemoryMb(), 'MB', 1500),
    ]
  } finally {
    await door.close()
  }
}

function figuresOf(
  name: string,
  unit: 'requests/s' | 'records/s',
  { answered, failed, ms, lagsMs }: LoadResult,
  each: number,
  aim?: number,
): Figure[] {
  if (failed > 0) throw new Error(`${name}: ${failed} of ${answered} requests were refused`)
  return [
    figure(name, perSecond(answered * each, ms), unit, aim),
    figure(`${name} p50`, quantile(lagsMs, 0.5), 'ms'),
    figure(`${name} p99`, quantile(lagsMs, 0.99), 'ms'),
  ]
}

/** The door of a benchmark. */
interface BenchDoor extends Pick<LoadPlan, 'url' | 'token'> {
  close(): Promise<void>
}

/** The door as `serve` opens it, with a user and a token, on a free port of loopback. */
export async function openBenchDoor(node: Node): Promise<BenchDoor> {
  const made = await node.vault.users.create({
    name: 'bench',
    displayName: 'Benchmark',
    role: 'clerk',
    password: randomBytes(18).toString('base64url'),
  })
  const issued = 'refused' in made ? made : await node.vault.users.issueToken('bench', 3_600_000)
  if ('refused' in issued) throw new Error(`no user for the benchmark: ${issued.code}`)
  const app = Fastify({ bodyLimit: 64 * 1024 * 1024 })
  let address = ''
  await app.register(fhirDoor(fhirNeedsOf(node, () => address)))
  address = await app.listen({ host: '127.0.0.1', port: 0 })
  return { url: `${address}${fhirBasePath}`, token: issued.token, close: () => app.close() }
}

/** A thousand records spread over what is listed first. */
async function readPaths(node: Node): Promise<string[]> {
  const paths: string[] = []
  let cursor: string | undefined
  do {
    const page = await node.vault.records.list(
      { count: 100, ...(cursor === undefined ? {} : { cursor }) },
      accessAll,
    )
    for (const { type, id } of page?.items ?? []) paths.push(`/${type}/${id}`)
    cursor = page?.next
  } while (cursor !== undefined && paths.length < 1000)
  return paths
}

/** Every known patient with every code of the panel. */
async function searchPaths(node: Node): Promise<string[]> {
  const page = await node.vault.records.list({ count: 200, type: 'Patient' }, accessAll)
  const codes = ['ALT', 'AST', 'ALP', 'GGT', 'TBIL', 'DBIL', 'ALB', 'TP', 'CHE', 'AFP']
  const code = (one: string) => encodeURIComponent(`http://ziwu.example/lab|${one}`)
  return (page?.items ?? []).flatMap(({ id }) =>
    codes.map((one) => `/Observation?patient=${id}&code=${code(one)}&_count=20`),
  )
}

/** Sends one load from another process. */
export function loadDoor({ url, token, ...plan }: LoadPlan & { close?: unknown }): Promise<LoadResult> {
  const { clients: count, seconds, work } = plan
  const child = fork(new URL('./fhir-load.ts', import.meta.url), { stdio: 'inherit' })
  return new Promise((resolve, reject) => {
    child.once('message', (result) => resolve(result as LoadResult))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the load generator ended with ${code}`)))
    child.send({ url, token, clients: count, seconds, work } satisfies LoadPlan)
  })
}
