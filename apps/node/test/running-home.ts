/** A home of its own with a running node, asked through its control door or by the real commands. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { homeAt } from '../src/home/home.ts'
import type { Node } from '../src/wiring/node.ts'
import { openNode } from '../src/wiring/open-node.ts'
import { type Finished, folderFor, meridian, startMeridian } from './meridian-process.ts'

/** The passphrase of such a home. */
export const environment = { MERIDIAN_PASSPHRASE: 'only for these tests' }

/** What an operation gave: one of the two. */
export interface Answered<T> {
  readonly result?: T
  readonly refused?: { readonly code: string }
}

/** The home, while its node runs and after `stop`. */
export interface RunningHome {
  readonly home: string
  /** A path beside the home. */
  at(name: string): string
  /** Asks the running node for an operation. */
  ask<T>(operation: string, args: object): Promise<Answered<T>>
  /** Runs a command, with a running node or without. */
  run(...args: string[]): Promise<Finished>
  /** Takes one patient in and anchors it; gives the record as `records` names it. */
  take(id: string): Promise<string>
  stop(): Promise<void>
}

/** Makes the home and starts its node. */
export async function runningHome(t: TestContext): Promise<RunningHome> {
  const folder = folderFor(t)
  const home = join(folder, 'home')
  const at = (name: string) => join(folder, name)
  const node = startMeridian(['start', '--home', home, '--empty', '--port', '0'], environment)
  t.after(() => node.kill('SIGKILL'))
  await node.said(/Ctrl-C ends it/)
  const control = JSON.parse(readFileSync(homeAt(home).control, 'utf8')) as { url: string; token: string }
  const ask = async <T>(operation: string, args: object): Promise<Answered<T>> => {
    const answer = await fetch(`${control.url}/control/v1/${operation}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${control.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(args),
    })
    const last = (await answer.text()).trimEnd().split('\n').at(-1) ?? ''
    return JSON.parse(last) as Answered<T>
  }
  return {
    home,
    at,
    ask,
    run: (...args) => meridian([...args, '--home', home, '--json'], environment),
    async take(id) {
      const patient = { resourceType: 'Patient', id, name: [{ text: '张三' }], birthDate: '1980-01-01' }
      writeFileSync(at(`${id}.json`), JSON.stringify(patient))
      const taken = await ask<{ anchored: number }>('intake', { files: [at(`${id}.json`)] })
      assert.equal(taken.result?.anchored, 1)
      const listed = await ask<{ items: readonly { id: string }[] }>('records', {})
      return listed.result?.items[0]?.id ?? assert.fail('nothing was taken in')
    },
    async stop() {
      node.kill('SIGTERM')
      const { code, log } = await node.finished
      assert.equal(code, 0, log)
    },
  }
}

/** Opens a home whose node has stopped, in this process. */
export async function opened<T>(home: string, work: (node: Node) => Promise<T>): Promise<T> {
  const node = await openNode(homeAt(home), { environment, log: () => undefined })
  try {
    return await work(node)
  } finally {
    await node.close()
  }
}
