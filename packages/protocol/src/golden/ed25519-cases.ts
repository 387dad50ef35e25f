/**
 * Ed25519 at its edges, made from the curve itself with the verdict that spec 1 §5 demands of each; verifiers in the
 * wild disagree on most of them. Deterministic, so the committed vectors can be made again.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { concatBytes, fromHex, toHex, utf8 } from '../bytes.ts'

const { Point } = ed25519
type CurvePoint = InstanceType<typeof Point>

/** One case; bytes in hex. `statement`, `commit` and `acceptableKey` are the verdicts demanded. */
export interface Ed25519Case {
  readonly name: string
  readonly publicKey: string
  readonly message: string
  readonly signature: string
  readonly statement: boolean
  readonly commit: boolean
  readonly acceptableKey: boolean
}

type Verdicts = Pick<Ed25519Case, 'statement' | 'commit' | 'acceptableKey'>

const ORDER = Point.Fn.ORDER
const SECRET = 0x1234567890abcdefn
const NONCE = 0xfedcba9876543210n
const MESSAGE = utf8('meridian ed25519 edge case')
const KEY = Point.BASE.multiply(SECRET)
/** Generates the eight points whose order divides 8. */
const TORSION = pointOf('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05')

const FIELD_PRIME = 2n ** 255n - 19n

function pointOf(hex: string): CurvePoint {
  return Point.fromBytes(fromHex(hex) as Uint8Array, true)
}

function littleEndian(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn))
}

function integerOf(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n)
}

/** k of RFC 8032 §5.1.7, over the encodings as they stand. */
function challenge(r: Uint8Array, key: Uint8Array, message: Uint8Array): bigint {
  return integerOf(sha512(concatBytes(r, key, message))) % ORDER
}

interface Forged {
  readonly key: Uint8Array
  readonly r: Uint8Array
  readonly s: bigint
  readonly message?: Uint8Array
}

function caseOf(name: string, forged: Forged, verdicts: Verdicts): Ed25519Case {
  return {
    name,
    publicKey: toHex(forged.key),
    message: toHex(forged.message ?? MESSAGE),
    signature: toHex(concatBytes(forged.r, littleEndian(forged.s))),
    ...verdicts,
  }
}

/** S that an honest holder of `secret` would send for this R and key encoding. */
function answer(r: Uint8Array, key: Uint8Array, nonce: bigint, message = MESSAGE): bigint {
  return (nonce + challenge(r, key, message) * SECRET) % ORDER
}

const honestR = Point.BASE.multiply(NONCE).toBytes()
const honestKey = KEY.toBytes()
const honestS = answer(honestR, honestKey, NONCE)

const VALID: Verdicts = { statement: true, commit: true, acceptableKey: true }
const NOWHERE: Verdicts = { statement: false, commit: false, acceptableKey: true }
/** Right only after multiplication by the cofactor, or with an encoding that only ZIP-215 admits. */
const COMMIT_ONLY: Verdicts = { statement: false, commit: true, acceptableKey: true }
const COMMIT_ONLY_BAD_KEY: Verdicts = { statement: false, commit: true, acceptableKey: false }

function scalarCases(): Ed25519Case[] {
  const honest: Forged = { key: honestKey, r: honestR, s: honestS }
  return [
    caseOf('an honest signature', honest, VALID),
    caseOf('another message', { ...honest, message: utf8('other') }, NOWHERE),
    caseOf('S plus L: the same equation, another encoding', { ...honest, s: honestS + ORDER }, NOWHERE),
    caseOf('S plus 8 L', { ...honest, s: honestS + 8n * ORDER }, NOWHERE),
    caseOf('S equal to L', { ...honest, s: ORDER }, NOWHERE),
    caseOf('S with its top bit set', { ...honest, s: honestS + 2n ** 255n }, NOWHERE),
    caseOf('S zero', { ...honest, s: 0n }, NOWHERE),
    caseOf('S one too high', { ...honest, s: (honestS + 1n) % ORDER }, NOWHERE),
  ]
}

/** R of small order or with a component of small order, in its canonical encoding. */
function noncePointCases(): Ed25519Case[] {
  const identity = Point.ZERO.toBytes()
  const torsion = TORSION.toBytes()
  const mixed = Point.BASE.multiply(NONCE).add(TORSION).toBytes()
  return [
    caseOf(
      'R is the identity, the equation holds without the cofactor',
      { key: honestKey, r: identity, s: answer(identity, honestKey, 0n) },
      COMMIT_ONLY,
    ),
    caseOf('R of order 8', { key: honestKey, r: torsion, s: answer(torsion, honestKey, 0n) }, COMMIT_ONLY),
    caseOf(
      'R with a torsion component',
      { key: honestKey, r: mixed, s: answer(mixed, honestKey, NONCE) },
      COMMIT_ONLY,
    ),
    caseOf(
      'R not on the curve',
      { key: honestKey, r: offCurve(), s: answer(offCurve(), honestKey, NONCE) },
      NOWHERE,
    ),
  ]
}

/** y = 2 has no x. */
function offCurve(): Uint8Array {
  return littleEndian(2n)
}

/** Encodings with y ≥ p or a sign on x = 0; each is the identity or of order 4, all that is small enough to know. */
function encodingCases(): Ed25519Case[] {
  const sign = 2n ** 255n
  const spellings: readonly [string, bigint][] = [
    ['the identity as y = p + 1', FIELD_PRIME + 1n],
    ['the identity as y = p + 1 with a sign', FIELD_PRIME + 1n + sign],
    ['the identity with a sign', 1n + sign],
    ['order 2 with a sign', FIELD_PRIME - 1n + sign],
    ['order 4 as y = p', FIELD_PRIME],
    ['order 4 as y = p with a sign', FIELD_PRIME + sign],
  ]
  return spellings.flatMap(([name, value]) => {
    const encoding = littleEndian(value)
    return [
      caseOf(
        `R is ${name}`,
        { key: honestKey, r: encoding, s: answer(encoding, honestKey, 0n) },
        COMMIT_ONLY,
      ),
      caseOf(`key is ${name}`, { key: encoding, r: honestR, s: NONCE }, COMMIT_ONLY_BAD_KEY),
    ]
  })
}

/** Keys of small order, or with a torsion component. */
function keyCases(): Ed25519Case[] {
  const mixedKey = KEY.add(TORSION).toBytes()
  const smallKeys = Array.from({ length: 8 }, (_, i) =>
    i === 0 ? Point.ZERO.toBytes() : TORSION.multiply(BigInt(i)).toBytes(),
  )
  return [
    ...smallKeys.map((key, i) =>
      caseOf(`key is ${i} times a point of order 8`, { key, r: honestR, s: NONCE }, COMMIT_ONLY_BAD_KEY),
    ),
    caseOf(
      'key with a torsion component that the challenge does not cancel',
      forgeMixed(mixedKey, (k) => k % 8n !== 0n),
      COMMIT_ONLY_BAD_KEY,
    ),
    caseOf(
      'key with a torsion component that the challenge cancels: only registration refuses it',
      forgeMixed(mixedKey, (k) => k % 8n === 0n),
      { statement: true, commit: true, acceptableKey: false },
    ),
    caseOf(
      'key not on the curve',
      { key: offCurve(), r: honestR, s: honestS },
      { statement: false, commit: false, acceptableKey: false },
    ),
  ]
}

/** Tries messages until the challenge is as wanted. */
function forgeMixed(key: Uint8Array, wanted: (k: bigint) => boolean): Forged {
  for (let i = 0; ; i++) {
    const message = utf8(`meridian ed25519 edge case ${i}`)
    if (wanted(challenge(honestR, key, message)))
      return { key, r: honestR, s: answer(honestR, key, NONCE, message), message }
  }
}

function lengthCases(): Ed25519Case[] {
  const honest = caseOf('', { key: honestKey, r: honestR, s: honestS }, NOWHERE)
  const { publicKey, signature } = honest
  const badKey = { acceptableKey: false }
  return [
    { ...honest, name: 'signature of 63 bytes', signature: signature.slice(2) },
    { ...honest, name: 'signature of 65 bytes', signature: `${signature}00` },
    { ...honest, name: 'no signature', signature: '' },
    { ...honest, ...badKey, name: 'key of 31 bytes', publicKey: publicKey.slice(2) },
    { ...honest, ...badKey, name: 'key of 33 bytes', publicKey: `${publicKey}00` },
    { ...honest, ...badKey, name: 'no key', publicKey: '' },
  ]
}

/** RFC 8032 §7.1, tests 1 to 3. */
function publishedCases(): Ed25519Case[] {
  return [
    {
      name: 'RFC 8032 §7.1 test 1',
      publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      message: '',
      signature:
        'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
      ...VALID,
    },
    {
      name: 'RFC 8032 §7.1 test 2',
      publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      message: '72',
      signature:
        '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
      ...VALID,
    },
    {
      name: 'RFC 8032 §7.1 test 3',
      publicKey: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
      message: 'af82',
      signature:
        '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
      ...VALID,
    },
  ]
}

/** Every case of the vector file. */
export function ed25519Cases(): Ed25519Case[] {
  return [
    ...publishedCases(),
    ...scalarCases(),
    ...noncePointCases(),
    ...encodingCases(),
    ...keyCases(),
    ...lengthCases(),
  ]
}
