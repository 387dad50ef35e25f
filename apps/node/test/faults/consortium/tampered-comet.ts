/**
 * Runs CometBFT behind an application that was tampered with: it stands between the two and exchanges some answers, as a member could
 * who changed its software. Arguments: the tampering, the real program, then what CometBFT is started with.
 */
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { TAMPERED, type Tampering } from './manifest.ts'

/** Numbers of the answers in ABCI's envelope. */
const CHECK_TX = 9
const PREPARE_PROPOSAL = 17

/** The largest transaction that CometBFT carries is smaller than this is with its frame. */
const LARGE_BYTES = 60_000

/** Writes a program that an engine starts instead of CometBFT; answers its path. */
export function writeTampered(folder: string, tampering: Tampering, binary: string): string {
  const path = join(folder, `cometbft-${tampering}`)
  const words = [
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    import.meta.filename,
    tampering,
    binary,
  ]
  writeFileSync(path, `#!/bin/sh\nexec ${words.map((word) => `'${word}'`).join(' ')} "$@"\n`)
  chmodSync(path, 0o700)
  return path
}

/** The answer that takes the place of the application's; undefined leaves it. */
function exchanged(tampering: Tampering, answer: Buffer): Buffer | undefined {
  const kind = readVarint(answer, 0).value >> 3
  if (kind === CHECK_TX && tampering === 'lets-everything-in')
    return field(CHECK_TX, Buffer.from([0x28, 0x01]))
  if (kind !== PREPARE_PROPOSAL) return undefined
  if (tampering === 'proposes-garbage')
    return proposal(Array.from({ length: 3 }, () => Buffer.alloc(100, 0xa5)))
  if (tampering === 'proposes-too-much')
    return proposal(Array.from({ length: 20 }, (_, i) => Buffer.alloc(LARGE_BYTES, i)))
  return undefined
}

function proposal(txs: readonly Buffer[]): Buffer {
  process.stdout.write(`${TAMPERED}\n`)
  return field(PREPARE_PROPOSAL, Buffer.concat(txs.map((tx) => field(1, tx))))
}

/** A protobuf field with a length. */
function field(number: number, body: Buffer): Buffer {
  return Buffer.concat([varint((number << 3) | 2), varint(body.length), body])
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  return Buffer.from([...bytes, rest])
}

/** A varint at `from`; `end` is -1 when it is not whole. */
function readVarint(bytes: Buffer, from: number): { readonly value: number; readonly end: number } {
  let value = 0
  for (let i = from, unit = 1; i < bytes.length; i++, unit *= 128) {
    const byte = bytes[i] as number
    value += (byte & 127) * unit
    if (byte < 128) return { value, end: i + 1 }
  }
  return { value, end: -1 }
}

/** Carries the application's answers, each whole, so that one can be exchanged for another. */
function carryAnswers(from: Socket, to: Socket, tampering: Tampering): void {
  let held: Buffer = Buffer.alloc(0)
  from.on('data', (bytes) => {
    held = Buffer.concat([held, bytes])
    for (;;) {
      const { value, end } = readVarint(held, 0)
      if (end < 0 || held.length < end + value) return
      const answer = held.subarray(end, end + value)
      held = held.subarray(end + value)
      const sent = exchanged(tampering, answer) ?? answer
      to.write(Buffer.concat([varint(sent.length), sent]))
    }
  })
}

const PROXY_APP = /^proxy_app = "unix:\/\/(.*?)(?:-tampered)?"$/m

function run(tampering: Tampering, binary: string, args: readonly string[]): void {
  const home = args[args.indexOf('--home') + 1] ?? ''
  const config = join(home, 'config', 'config.toml')
  const text = readFileSync(config, 'utf8')
  const application = PROXY_APP.exec(text)?.[1] ?? ''
  const socket = `${application}-tampered`
  writeFileSync(config, text.replace(PROXY_APP, `proxy_app = "unix://${socket}"`))
  rmSync(socket, { force: true })
  createServer((near) => {
    const far = connect(application)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => {})
      one.on('close', () => other.destroy())
    }
    near.pipe(far)
    carryAnswers(far, near, tampering)
  }).listen(socket, () => {
    const comet = spawn(binary, args, { stdio: 'inherit' })
    process.on('SIGTERM', () => comet.kill('SIGTERM'))
    comet.on('exit', (code) => process.exit(code ?? 1))
  })
}

if (import.meta.main) {
  const [tampering, binary = '', ...args] = process.argv.slice(2)
  if (args[0] === 'start') run(tampering as Tampering, binary, args)
  else process.stdout.write(execFileSync(binary, args))
}
