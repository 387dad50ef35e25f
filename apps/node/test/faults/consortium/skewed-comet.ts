/**
 * CometBFT whose votes are dated by a clock that is wrong. Its program reads the machine's clock where no library can step
 * in between, so this signs for it instead: as a remote signer, which dates what it signs. Told: milliseconds that the clock is ahead.
 */
import { readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { Signer } from '@meridian/protocol'
import { createSigner } from '@meridian/protocol/node'
import {
  fieldsOf,
  framed,
  lengthField,
  readFrames,
  sfixed64Field,
  varintField,
  type WireField,
} from './wire.ts'
import { runWrapped } from './wrapped-comet.ts'

/** Numbers in the envelope that CometBFT and its signer speak in: requests, each answered by the next number. */
const PUBLIC_KEY = 1
const SIGN_VOTE = 3
const SIGN_PROPOSAL = 5
const PING = 7

/** Fields of a vote and of a proposal; the block id of a vote stands where a proposal has its proof-of-lock round. */
const VOTE = { blockId: 4, timestamp: 5, signature: 8, chainId: 6 }
const PROPOSAL = { blockId: 5, timestamp: 6, signature: 7, chainId: 7 }
const POL_ROUND = 4

interface Skew {
  readonly signer: Signer
  readonly seconds: bigint
}

function answerOf(skew: Skew, request: Buffer): Buffer {
  const [{ number, body }] = fieldsOf(request) as [WireField]
  if (number === PUBLIC_KEY) {
    const key = lengthField(1, Buffer.from(skew.signer.publicKey))
    return lengthField(PUBLIC_KEY + 1, lengthField(1, key))
  }
  if (number === SIGN_VOTE) return signedAnswer(number, signed(skew, body, VOTE))
  // The time of a proposal stays: CometBFT takes the signature alone, and uses no proposal's time.
  if (number === SIGN_PROPOSAL) return signedAnswer(number, signed({ ...skew, seconds: 0n }, body, PROPOSAL))
  return lengthField(PING + 1, Buffer.alloc(0))
}

function signedAnswer(request: number, message: Buffer): Buffer {
  return lengthField(request + 1, lengthField(1, message))
}

/** What was asked for, with another time in it and the signature over that. */
function signed({ signer, seconds }: Skew, request: Buffer, form: typeof VOTE): Buffer {
  const [message, chainId] = fieldsOf(request)
  const fields = fieldsOf(message?.body ?? Buffer.alloc(0))
  const at = (number: number): WireField | undefined => fields.find((field) => field.number === number)
  const timestamp = lengthField(form.timestamp, later(at(form.timestamp)?.body ?? Buffer.alloc(0), seconds))
  const blockId = at(form.blockId)
  const isNil = fieldsOf(blockId?.body ?? Buffer.alloc(0)).every((field) => field.number !== 1)
  const canonical = Buffer.concat([
    varintField(1, at(1)?.value ?? 0n),
    sfixed64Field(2, at(2)?.value ?? 0n),
    sfixed64Field(3, at(3)?.value ?? 0n),
    ...(form === PROPOSAL ? [at(POL_ROUND)?.raw ?? Buffer.alloc(0)] : []),
    isNil ? Buffer.alloc(0) : (blockId?.raw ?? Buffer.alloc(0)),
    timestamp,
    lengthField(form.chainId, chainId?.body ?? Buffer.alloc(0)),
  ])
  const signature = Buffer.from(signer.sign(framed(canonical)))
  const kept = fields.filter(({ number }) => number !== form.timestamp && number !== form.signature)
  return Buffer.concat([...kept.map(({ raw }) => raw), timestamp, lengthField(form.signature, signature)])
}

/** A timestamp some seconds later. */
function later(timestamp: Buffer, seconds: bigint): Buffer {
  const [whole, nanos] = [1, 2].map((number) => fieldsOf(timestamp).find((field) => field.number === number))
  return Buffer.concat([varintField(1, (whole?.value ?? 0n) + seconds), nanos?.raw ?? Buffer.alloc(0)])
}

/** The seed comes first in Go's form of a private key. */
function readSigner(home: string): Signer {
  const file = JSON.parse(readFileSync(join(home, 'config', 'priv_validator_key.json'), 'utf8'))
  return createSigner(Buffer.from(file.priv_key.value, 'base64').subarray(0, 32))
}

const REDIAL_MS = 50

/** CometBFT listens and its signer dials, again and again until it listens. */
function dial(path: string, skew: Skew): void {
  const socket = connect(path)
  socket.on('error', () => {})
  socket.on('close', () => setTimeout(() => dial(path, skew), REDIAL_MS))
  readFrames(socket, (request) => void socket.write(framed(answerOf(skew, request))))
}

runWrapped(({ told, home, configure, start }) => {
  const path = join(home, '..', 'run', 'signer')
  configure(/^(priv_validator_laddr = .*\n)?/, () => `priv_validator_laddr = "unix://${path}"\n`)
  rmSync(path, { force: true })
  const skew = { signer: readSigner(home), seconds: BigInt(told) / 1_000n }
  start()
  dial(path, skew)
})
