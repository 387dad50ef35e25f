/** Somebody who follows the guides: a folder, the program in the path, ports that are free, and nodes that go on in the background. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type Block, blocksOf, type Mark } from './guide-blocks.ts'

/** The desk. */
export interface Desk {
  readonly folder: string
  /** A port as a guide writes it, as it is here. */
  port(written: number): number
  /** Runs every block of a guide that has one of the marks, in order; each must end with 0. `home` is MERIDIAN_HOME. */
  follow(guide: string, options?: { readonly home?: string; readonly mark?: Mark }): Promise<void>
  /** Runs commands as a block would be; gives what they print. */
  run(text: string, home?: string): Promise<string>
  /** Starts a node as a block marked `run background` would. */
  start(text: string, home?: string): Promise<BackgroundNode>
  /** The newest node whose command names this home. */
  node(home: string): BackgroundNode
  close(): Promise<void>
}

/** A node that goes on. */
export interface BackgroundNode {
  readonly command: string
  log(): string
  /** Resolves when the log says it. */
  said(form: RegExp): Promise<void>
  stop(signal?: NodeJS.Signals): Promise<void>
}

const main = join(import.meta.dirname, '../../src/main.ts')

/** Consoles are 7300 to 7499 in the guides, peers 8300 to 8499. */
const PORT = /\b([78][34]\d\d)\b/g

/** Makes one in a folder of its own. */
export async function openDesk(): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-guide-'))
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'meridian'), `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`)
  chmodSync(join(bin, 'meridian'), 0o755)
  const base = await freeBase()
  const nodes: BackgroundNode[] = []
  const port = (written: number): number => written - 7300 + base
  const place = (text: string): string => text.replaceAll(PORT, (digits) => String(port(Number(digits))))
  const spawned = (text: string, home: string | undefined): ChildProcess =>
    spawn('bash', ['-euo', 'pipefail', '-c', place(text)], {
      cwd: folder,
      env: {
        ...process.env,
        PATH: `${bin}${delimiter}${process.env.PATH}`,
        ...(home === undefined ? {} : { MERIDIAN_HOME: home }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  const desk: Desk = {
    folder,
    port,
    async follow(guide, { home, mark = 'run' } = {}) {
      for (const block of blocksOf(guide)) {
        if (block.mark === mark) await runBlock(desk, block, home)
        else if (block.mark === 'run background' && mark === 'run') await desk.start(block.text, home)
      }
    },
    run: (text, home) => finished(spawned(text, home), text),
    async start(text, home) {
      const node = backgroundNode(
        spawned(`exec ${text.replace(/^MERIDIAN_HOME=/, 'env MERIDIAN_HOME=')}`, home),
        text,
      )
      nodes.push(node)
      await node.said(/Ctrl-C ends it/)
      return node
    },
    node: (home) =>
      nodes.findLast(({ command }) => command.includes(home)) ?? assert.fail(`no node of ${home}`),
    async close() {
      await Promise.all(nodes.map((node) => node.stop()))
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return desk
}

async function runBlock(desk: Desk, { guide, line, text }: Block, home: string | undefined): Promise<void> {
  try {
    await desk.run(text, home)
  } catch (cause) {
    throw new Error(`${guide}:${line}: ${(cause as Error).message}`, { cause })
  }
}

async function finished(child: ChildProcess, text: string): Promise<string> {
  let out = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => (out += chunk))
  const code = await new Promise((resolve) => child.once('close', resolve))
  assert.equal(code, 0, `${text}\n${out}`)
  return out
}

function backgroundNode(child: ChildProcess, command: string): BackgroundNode {
  let text = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      for (const look of listeners) look()
    })
  }
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  return {
    command,
    log: () => text,
    said: (form) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!form.test(text)) return
          listeners.delete(look)
          resolve()
        }
        listeners.add(look)
        void ended.then(() => reject(new Error(`${command} ended before it said ${form}:\n${text}`)))
        look()
      }),
    stop(signal = 'SIGTERM') {
      child.kill(signal)
      return ended
    },
  }
}

/** Where consoles may be. Below the ports that systems give to whoever dials out. */
const [LOWEST, HIGHEST] = [12_000, 30_000]

/** Two hundred ports from it on for consoles, and as many a thousand above for peers, of which the first are tried. */
async function freeBase(): Promise<number> {
  for (;;) {
    const base = LOWEST + 200 * Math.floor((Math.random() * (HIGHEST - LOWEST)) / 200)
    const tried = [0, 1, 2, 3, 10, 20].flatMap((offset) => [base + offset, base + 1000 + offset])
    if ((await Promise.all(tried.map(isFree))).every(Boolean)) return base
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
