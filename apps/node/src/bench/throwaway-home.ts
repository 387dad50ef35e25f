/** A home for one benchmark: in a temporary folder, with sources for every load, gone when the benchmark ends. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Configuration, type ConfiguredSource, defaultConfiguration } from '../home/configuration.ts'
import { homeAt } from '../home/home.ts'
import { createHome } from '../wiring/create-home.ts'
import type { Node } from '../wiring/node.ts'
import { openNode } from '../wiring/open-node.ts'

/** `embedded`, or the URL of a PostgreSQL database that may be thrown away afterwards. */
export interface BenchPlace {
  readonly database: string
  readonly environment: NodeJS.ProcessEnv
  readonly log: (text: string) => void
}

/** An open node and the folder for its input files. */
export interface ThrowawayNode {
  readonly node: Node
  readonly dir: string
  close(): Promise<void>
}

const source = (name: string, kind: ConfiguredSource['kind'], mapping?: string): ConfiguredSource => ({
  name,
  kind,
  profile: 'r4',
  timeZone: '+08:00',
  captureMethod: 'interface',
  ackAfter: 'stored',
  onBadValue: 'refuse',
  ...(mapping === undefined ? {} : { mapping }),
})

/** The sources of the loads, by the names that `loads.ts` gives its files. */
const sources = [source('oru', 'hl7v2'), source('bundle', 'fhir'), source('csv', 'csv', 'clinic-vital-signs')]

/**
 * Every run is an organisation of its own, so that one database serves many runs without their records meeting. Effects: a
 * temporary folder; rows in the database when it is a server's. @throws OutsideFailure, VaultFailure
 */
export async function openThrowawayNode(
  { database, environment, log }: BenchPlace,
  profile: ConfiguredSource['profile'] = 'r4',
): Promise<ThrowawayNode> {
  const dir = mkdtempSync(join(tmpdir(), 'meridian-bench-'))
  const home = homeAt(join(dir, 'home'))
  // DATABASE_URL is the hospital's own database; a benchmark goes there only when it is named.
  const { DATABASE_URL: _hospital, ...rest } = environment
  try {
    await createHome(home, configurationOf(database, profile), { environment: rest, now: new Date() })
    const node = await openNode(home, { environment: rest, log })
    return {
      node,
      dir,
      async close() {
        await node.close()
        rmSync(dir, { recursive: true, force: true })
      },
    }
  } catch (error) {
    rmSync(dir, { recursive: true, force: true })
    throw error
  }
}

function configurationOf(database: string, profile: ConfiguredSource['profile']): Configuration {
  const { names, kind } = defaultConfiguration.organisation
  const id = `bench-${Date.now().toString(36)}-${process.pid.toString(36)}`
  return {
    ...defaultConfiguration,
    organisation: { id, names, kind },
    database,
    sources: sources.map((one) => ({ ...one, profile })),
  }
}
