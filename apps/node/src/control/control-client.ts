/** Asks a node to do something: the running one through its control door, or one opened for this command alone. */
import { readFileSync } from 'node:fs'
import type { DoorRefusal } from '@meridian/gateway'
import { type Invocation, OutsideFailure } from '../command-line/command.ts'
import { type Home, homeAt, isHome } from '../home/home.ts'
import { isLocked } from '../home/lock.ts'
import { operationNamed } from '../operations/index.ts'
import { type Json, type OnProgress, OperationRefused } from '../operations/operation.ts'
import { openNode } from '../wiring/open-node.ts'
import { pause } from '../wiring/pause.ts'
import type { ControlLine } from './control-door.ts'

/** How long a node may take from its lock to its door. */
const startingMs = 30_000

interface ControlAddress {
  readonly url: string
  readonly token: string
}

/** Runs one operation and gives its answer. @throws OperationRefused, OutsideFailure */
export async function perform(
  invocation: Invocation,
  name: string,
  args: Json,
  onProgress: OnProgress,
): Promise<Json> {
  const home = homeAt(invocation.home)
  if (!isHome(home)) throw noHome(home)
  const response = await askRunningNode(home, name, args)
  if (response !== undefined) return readAnswer(response, onProgress)
  return performHere(home, invocation, name, args, onProgress)
}

/** Undefined when no node runs here. One that is just starting is waited for. */
async function askRunningNode(home: Home, name: string, args: Json): Promise<Response | undefined> {
  const untilMs = performance.now() + startingMs
  for (;;) {
    const address = readAddress(home)
    const response = address === undefined ? undefined : await ask(address, name, args)
    if (response !== undefined || !isLocked(home) || performance.now() > untilMs) return response
    await pause(200, AbortSignal.timeout(startingMs))
  }
}

async function performHere(
  home: Home,
  invocation: Invocation,
  name: string,
  args: Json,
  onProgress: OnProgress,
): Promise<Json> {
  const operation = operationNamed(name)
  if (operation === undefined) throw new Error(`no operation ${name}`)
  const node = await openNode(home, { environment: invocation.environment, log: invocation.log })
  try {
    return await operation.run(node, args, onProgress)
  } finally {
    await node.close()
  }
}

function readAddress(home: Home): ControlAddress | undefined {
  try {
    return JSON.parse(readFileSync(home.control, 'utf8')) as ControlAddress
  } catch {
    return undefined
  }
}

/**
 * Undefined when nobody of ours listens there any more (a killed node leaves its address behind, and another may have the port),
 * or when the door asks to come back later. @throws OutsideFailure with the door's own words when it says no.
 */
async function ask(address: ControlAddress, name: string, args: Json): Promise<Response | undefined> {
  const response = await post(address, name, args)
  if (response === undefined || response.status === 200) return response
  if ([401, 404, 429].includes(response.status)) return undefined
  const { message } = (await response.json()) as DoorRefusal
  throw new OutsideFailure(message)
}

async function post(address: ControlAddress, name: string, args: Json): Promise<Response | undefined> {
  try {
    return await fetch(`${address.url}/control/v1/${name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${address.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(args),
    })
  } catch {
    return undefined
  }
}

async function readAnswer(response: Response, onProgress: OnProgress): Promise<Json> {
  for await (const line of whole(linesOf(response))) {
    const document = JSON.parse(line) as ControlLine
    if ('progress' in document) onProgress(document.progress.done, document.progress.total)
    else if ('result' in document) return document.result
    else if ('refused' in document) throw new OperationRefused(document.refused.code, document.refused)
    else throw new OutsideFailure(document.failed)
  }
  throw endedEarly()
}

/** A node that goes away in the middle of its answer has ended early. */
async function* whole(lines: AsyncIterable<string>): AsyncGenerator<string> {
  try {
    yield* lines
  } catch (error) {
    if (error instanceof TypeError) throw endedEarly()
    throw error
  }
}

async function* linesOf(response: Response): AsyncGenerator<string> {
  let rest = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines.filter((line) => line !== '')
  }
  if (rest !== '') yield rest
}

function endedEarly(): OutsideFailure {
  return new OutsideFailure({
    zh: '节点没有答完就停止了。请查看节点的日志，并重新启动它。',
    en: 'The node stopped before it had answered. See its log and start it again.',
  })
}

function noHome(home: Home): OutsideFailure {
  return new OutsideFailure({
    zh: `${home.dir} 中还没有节点。请先运行 npm start，或用 --home 指定数据目录。`,
    en: `There is no node in ${home.dir} yet. Run npm start first, or name its folder with --home.`,
  })
}
