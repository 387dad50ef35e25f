/** Runs a manifest: starts its network, takes its steps, and checks on every node what must hold whatever happened. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { verifyChain } from '@meridian/engine'
import { createLedger } from '@meridian/ledger'
import { nodeSuite as suite } from '@meridian/protocol/node'
import { noSmallDisk } from '@meridian/testkit'
import type { Manifest, Step } from './manifest.ts'
import { type Network, setUp, skip } from './set-up.ts'
import { type Run, takeStep } from './take-step.ts'

/** Makes a test of each manifest; they are skipped by name where CometBFT is missing. */
export function testManifests(manifests: readonly Manifest[], timeout = 150_000): void {
  for (const manifest of manifests)
    test(manifest.name, { skip, timeout }, (t) => runManifest(t, manifest, timeout))
}

async function runManifest(t: TestContext, manifest: Manifest, timeout: number): Promise<void> {
  const network = await setUp(manifest)
  if (network === undefined) return t.skip(noSmallDisk)
  t.after(() => network.remove())
  const run: Run = { network, deadline: AbortSignal.timeout(timeout), loads: [], floods: [] }
  const { rows } = network
  const present = [...rows.keys()].filter((i) => rows[i]?.startsLater !== true)
  await named(network, 'start', () => takeStep(run, { start: present }))
  for (const step of manifest.steps) {
    const startedMs = performance.now()
    await named(network, nameOf(step), () => takeStep(run, step))
    if ('goesOn' in step) t.diagnostic(`${nameOf(step)} ${Math.round(performance.now() - startedMs)} ms`)
  }
  const honest = [...rows.keys()].filter((i) => !manifest.except?.includes(i))
  await named(network, 'invariants', () => checkInvariants(run, honest))
}

const nameOf = (step: Step): string =>
  JSON.stringify(step, (_, value) => (typeof value === 'bigint' ? Number(value) : value))

/** What fails says in which step, and what the nodes had to say. */
async function named(network: Network, name: string, act: () => Promise<void>): Promise<void> {
  try {
    await act()
    network.witness.check()
  } catch (error) {
    const said = network.nodes.map((node) => `${node.name}:\n  ${node.said().slice(-8).join('\n  ')}`)
    const message = error instanceof Error ? error.message : String(error)
    throw new Error(`${name}: ${message} (final so far: ${network.witness.count})\n${said.join('\n')}`, {
      cause: error,
    })
  }
}

/**
 * Equal blocks and app hashes at equal heights, heights that only grow, everything acknowledged in the chain once, and a chain that
 * verifies from its first block to its last in every home.
 */
async function checkInvariants(run: Run, honest: readonly number[]): Promise<void> {
  const { network } = run
  await takeStep(run, { loadEnds: true })
  await takeStep(run, { goesOn: honest.filter((index) => maySubmit(network, index)) })
  await takeStep(run, { catchesUp: honest })
  network.witness.checkNodes(honest)
  await Promise.all(network.nodes.map((node) => node.close()))
  // What led to a snapshot is not in the home that was made from it: there is nothing to execute again.
  for (const index of honest) if (!network.rows[index]?.takesSnapshot) await verify(network, index)
}

function maySubmit({ members, rows }: Network, index: number): boolean {
  return members[rows[index]?.member ?? -1]?.memberClass !== 'observer'
}

async function verify({ nodes, genesis }: Network, index: number): Promise<void> {
  const verdict = await verifyChain({
    directory: nodes[index]?.directory ?? '',
    genesis,
    machine: createLedger({ suite, genesis }),
    suite,
  })
  assert.ok(
    verdict.ok,
    JSON.stringify(verdict, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
  )
}
