/**
 * CometBFT behind an application that was tampered with: this stands between the two and exchanges some answers, as a member could who
 * changed its software.
 */
import { rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { TAMPERED, type Tampering } from './manifest.ts'
import { fieldsOf, framed, lengthField, readFrames, varintField } from './wire.ts'
import { runWrapped } from './wrapped-comet.ts'

/** Numbers of the answers in ABCI's envelope, and of a field in the first. */
const CHECK_TX = 9
const PREPARE_PROPOSAL = 17
const GAS_WANTED = 5

/** The largest transaction that CometBFT carries is larger than this. */
const LARGE_BYTES = 60_000

/** The answer that takes the place of the application's; undefined leaves it. */
function exchanged(tampering: Tampering, answer: Buffer): Buffer | undefined {
  const kind = fieldsOf(answer)[0]?.number
  if (kind === CHECK_TX && tampering === 'lets-everything-in')
    return lengthField(CHECK_TX, varintField(GAS_WANTED, 1n))
  if (kind !== PREPARE_PROPOSAL) return undefined
  if (tampering === 'proposes-garbage')
    return proposal(Array.from({ length: 3 }, () => Buffer.alloc(100, 0xa5)))
  if (tampering === 'proposes-too-much')
    return proposal(Array.from({ length: 20 }, (_, i) => Buffer.alloc(LARGE_BYTES, i)))
  return undefined
}

function proposal(txs: readonly Buffer[]): Buffer {
  process.stdout.write(`${TAMPERED}\n`)
  return lengthField(PREPARE_PROPOSAL, Buffer.concat(txs.map((tx) => lengthField(1, tx))))
}

function join(near: Socket, far: Socket, tampering: Tampering): void {
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    one.on('error', () => {})
    one.on('close', () => other.destroy())
  }
  near.pipe(far)
  readFrames(far, (answer) => void near.write(framed(exchanged(tampering, answer) ?? answer)))
}

runWrapped(({ told, configure, start }) => {
  const application = configure(
    /^proxy_app = "unix:\/\/(.*?)(?:-tampered)?"$/m,
    (caught) => `proxy_app = "unix://${caught}-tampered"`,
  )
  const socket = `${application}-tampered`
  rmSync(socket, { force: true })
  createServer((near) => join(near, connect(application), told as Tampering)).listen(socket, start)
})
