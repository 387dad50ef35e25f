/** RFC 9942: our COSE receipts, checked by ourselves and by a verifier that we did not write. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash, createPublicKey, verify as verifyForeign } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { decode as decodeForeign, encode as encodeForeign } from 'cborg'
import { checkBatchPlace, decodeBatchPath, encodeBatchPath } from './batch-path-file.ts'
import { toHex, utf8 } from './bytes.ts'
import { type CborValue, decodeCbor, encodeCbor, isCborMap, isCborTagged } from './cbor.ts'
import { type CoseReceiptClaims, signCoseReceipt, verifyCoseReceipt } from './cose-receipt.ts'
import { exampleEvidence } from './example-evidence.ts'
import { leafHash } from './log.ts'
import { createSigner, nodeSuite as suite } from './node-suite.ts'
import { pemToPublicKey, publicKeyToPem } from './public-key-pem.ts'
import { isRefusal } from './refusal.ts'
import { decodeStatement } from './statement.ts'

const example = exampleEvidence({ suite, createSigner }, { organisations: ['first-hospital'] })
const { receipt, receiptSigner, logRoot } = example
const entry = receipt.statement.bytes
const claims: CoseReceiptClaims = {
  issuer: 'first-hospital',
  chainId: receipt.block.header.chainId,
  timeSeconds: 1_780_000_480,
}
const cose = signCoseReceipt(claims, receipt.log, logRoot, receiptSigner)

function codeOf(bytes: Uint8Array, of = entry, key = receiptSigner.publicKey): string {
  const read = verifyCoseReceipt(suite, bytes, of, key)
  return isRefusal(read) ? read.code : 'verified'
}

test('a COSE receipt proves its statement and says who signed for which chain and when', () => {
  const read = verifyCoseReceipt(suite, cose, entry, receiptSigner.publicKey)
  assert.deepEqual(read, { ...claims, keyId: receiptSigner.keyId, place: receipt.log })
})

test('RFC 9942 §5.2: tag 18, alg and vds protected, the proof under 396 → -1, the payload detached', () => {
  const whole = decodeCbor(cose)
  assert.ok(!isRefusal(whole) && isCborTagged(whole) && whole.tag === 18 && Array.isArray(whole.value))
  const [header, unprotected, payload] = whole.value
  const protectedMap = decodeCbor(header)
  assert.ok(!isRefusal(protectedMap) && isCborMap(protectedMap))
  assert.deepEqual([...protectedMap.keys()], [1, 4, 15, 395])
  assert.equal(protectedMap.get(1), -8)
  assert.equal(protectedMap.get(395), 1)
  assert.deepEqual(
    protectedMap.get(15),
    new Map<number, unknown>([
      [1, 'first-hospital'],
      [2, claims.chainId],
      [6, 1_780_000_480],
    ]),
  )
  assert.deepEqual([...unprotected.keys()], [396])
  assert.equal(payload, null)
  const [proof] = unprotected.get(396).get(-1)
  assert.deepEqual(decodeCbor(proof), [21, 13, receipt.log.path.map((hash) => hash)])
})

test('another entry, another key or another log is refused with its code', () => {
  assert.equal(codeOf(cose), 'verified')
  assert.equal(codeOf(cose, utf8('other')), 'cose-receipt.bad-signature')
  assert.equal(codeOf(cose, entry, example.statementSigner.publicKey), 'cose-receipt.wrong-key')
  const place = { ...receipt.log, index: 12 }
  assert.equal(codeOf(signCoseReceipt(claims, place, logRoot, receiptSigner)), 'cose-receipt.bad-signature')
  const short = { ...receipt.log, path: receipt.log.path.slice(1) }
  assert.equal(codeOf(signCoseReceipt(claims, short, logRoot, receiptSigner)), 'cose-receipt.not-in-log')
})

test('the receipt of the only entry of a log has an empty path', () => {
  const place = { index: 0, size: 1, path: [] }
  assert.equal(codeOf(signCoseReceipt(claims, place, leafHash(suite, entry), receiptSigner)), 'verified')
})

test('no byte can be changed but the tree size, which RFC 9942 leaves unsigned', () => {
  const size = cose.length - cose.toReversed().indexOf(21) - 1
  for (const at of cose.keys()) {
    for (const mask of [1, 0x20, 0x80]) {
      const change = cose.slice()
      change[at] = (change[at] as number) ^ mask
      const code = codeOf(change)
      if (code === 'verified') assert.equal(decodeSize(change) !== 21 && at <= size, true, `byte ${at}`)
    }
  }
  for (let end = 0; end < cose.length; end++) assert.notEqual(codeOf(cose.subarray(0, end)), 'verified')
  assert.equal(codeOf(Uint8Array.from([...cose, 0])), 'cbor.trailing-bytes')
})

function decodeSize(bytes: Uint8Array): number {
  const read = verifyCoseReceipt(suite, bytes, entry, receiptSigner.publicKey)
  return isRefusal(read) ? -1 : read.place.size
}

test('a receipt of another shape is refused with the place', () => {
  const placeOf = (value: Parameters<typeof encodeCbor>[0]) => {
    const read = verifyCoseReceipt(suite, encodeCbor(value), entry, receiptSigner.publicKey)
    return isRefusal(read) ? `${read.code} ${read.detail.place}` : 'verified'
  }
  assert.equal(placeOf([]), 'cose-receipt.malformed tag')
  assert.equal(placeOf({ tag: 17, value: [] }), 'cose-receipt.malformed tag')
  const attached = [new Uint8Array(0), new Map(), logRoot, new Uint8Array(64)]
  assert.equal(placeOf({ tag: 18, value: attached }), 'cose-receipt.malformed payload')
  const unsigned = [encodeCbor(new Map()), new Map(), null, new Uint8Array(64)]
  assert.equal(placeOf({ tag: 18, value: unsigned }), 'cose-receipt.malformed protected')
})

/** A receipt whose header is right or wrong as told, signed all the same. */
function crafted(
  change: {
    readonly header?: readonly [number, CborValue | undefined][]
    readonly claims?: readonly [number, CborValue | undefined][]
    readonly unprotected?: CborValue
    readonly proof?: CborValue
  } = {},
): Uint8Array {
  const mapOf = (entries: readonly [number, CborValue | undefined][]) =>
    new Map([...new Map(entries)].filter((entry): entry is [number, CborValue] => entry[1] !== undefined))
  const cwt = mapOf([
    [1, claims.issuer],
    [2, claims.chainId],
    [6, claims.timeSeconds],
    ...(change.claims ?? []),
  ])
  const parts = mapOf([[1, -8], [4, receiptSigner.keyId], [15, cwt], [395, 1], ...(change.header ?? [])])
  const header = encodeCbor(parts)
  const { size, index, path } = receipt.log
  const proof = encodeCbor(change.proof ?? [size, index, path])
  const unprotected = change.unprotected ?? new Map([[396, new Map([[-1, [proof]]])]])
  const signature = receiptSigner.sign(encodeCbor(['Signature1', header, new Uint8Array(0), logRoot]))
  return encodeCbor({ tag: 18, value: [header, unprotected, null, signature] })
}

test('a header or proof of another shape is refused though it is signed', () => {
  assert.deepEqual(crafted(), cose)
  const { size, index, path } = receipt.log
  const places: readonly [string, Uint8Array][] = [
    ['alg', crafted({ header: [[1, -7]] })],
    ['vds', crafted({ header: [[395, 2]] })],
    ['kid', crafted({ header: [[4, receiptSigner.keyId.slice(0, 8)]] })],
    ['protected', crafted({ header: [[395, undefined]] })],
    ['protected', crafted({ header: [[3, 'text/plain']] })],
    ['cwt-claims', crafted({ header: [[15, 'claims']] })],
    ['cwt-claims', crafted({ claims: [[6, undefined]] })],
    ['cwt-claims', crafted({ claims: [[7, 1]] })],
    ['cwt-claims', crafted({ claims: [[1, 1]] })],
    ['cwt-claims', crafted({ claims: [[2, 1]] })],
    ['cwt-claims', crafted({ claims: [[6, '1']] })],
    ['vdp', crafted({ unprotected: new Map() })],
    ['vdp', crafted({ unprotected: new Map([[396, new Map([[-2, []]])]]) })],
    ['vdp', crafted({ unprotected: new Map([[396, new Map([[-1, []]])]]) })],
    [
      'vdp',
      crafted({
        unprotected: new Map<number, CborValue>([
          [396, new Map()],
          [4, 1],
        ]),
      }),
    ],
    ['inclusion-proof', crafted({ proof: [size, index] })],
    ['inclusion-proof', crafted({ proof: [size, index, path, 1] })],
    ['inclusion-proof', crafted({ proof: ['21', index, path] })],
    ['inclusion-proof', crafted({ proof: [size, '13', path] })],
    ['inclusion-path', crafted({ proof: [size, index, path.map((hash) => hash.slice(1))] })],
    ['inclusion-path', crafted({ proof: [size, index, [...path, 1]] })],
  ]
  for (const [place, bytes] of places) {
    const read = verifyCoseReceipt(suite, bytes, entry, receiptSigner.publicKey)
    assert.ok(isRefusal(read), place)
    assert.deepEqual([read.code, read.detail.place], ['cose-receipt.malformed', place])
  }
})

test('an envelope with more, fewer or other items is refused', () => {
  const whole = decodeCbor(cose)
  assert.ok(!isRefusal(whole) && isCborTagged(whole) && Array.isArray(whole.value))
  const items: readonly CborValue[] = whole.value
  const placeOf = (value: CborValue) => {
    const read = verifyCoseReceipt(suite, encodeCbor({ tag: 18, value }), entry, receiptSigner.publicKey)
    return isRefusal(read) ? read.detail.place : 'verified'
  }
  assert.equal(placeOf(items), 'verified')
  assert.equal(placeOf([...items, 1]), 'payload')
  assert.equal(placeOf(items.with(0, 'header')), 'protected')
  assert.equal(placeOf(items.with(2, new Uint8Array(0))), 'payload')
  assert.equal(placeOf(items.with(3, new Uint8Array(63))), 'signature')
  assert.equal(placeOf(items.with(3, 'signature')), 'signature')
  assert.equal(placeOf(new Map()), 'tag')
})

test('the receipt key is written as PEM and read back', () => {
  const pem = publicKeyToPem(receiptSigner.publicKey)
  assert.match(
    pem,
    /^-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA[A-Za-z0-9+/]{43}=\n-----END PUBLIC KEY-----\n$/,
  )
  assert.deepEqual(pemToPublicKey(pem), receiptSigner.publicKey)
  assert.equal(pemToPublicKey(pem.replace('MCow', 'MCox')), undefined)
  assert.equal(pemToPublicKey('MCow'), undefined)
})

test('the file beside it leads from the commitment to the root in the statement', () => {
  const { record } = receipt
  const statement = decodeStatement(suite, entry)
  assert.ok(record !== null && !isRefusal(statement))
  const read = decodeBatchPath(utf8(encodeBatchPath(record)))
  assert.deepEqual(read, record)
  assert.equal(checkBatchPlace(suite, record, statement), undefined)
  const wrong = checkBatchPlace(suite, { ...record, index: 4 }, statement)
  assert.equal(wrong?.code, 'receipt.not-in-batch')
  const refusal = decodeBatchPath(utf8(`${encodeBatchPath(record)} `))
  assert.ok(isRefusal(refusal) && refusal.code === 'receipt.not-canonical')
})

/** RFC 9162 §2.1.3.2 step by step as the standard prints it, with the names it uses; shares no code with ours. */
function rootByTheStandard(entryBytes: Uint8Array, proof: readonly [number, number, readonly Uint8Array[]]) {
  const hash = (...parts: readonly Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
  const [treeSize, leafIndex, inclusionPath] = proof
  assert.ok(leafIndex < treeSize)
  let fn = leafIndex
  let sn = treeSize - 1
  let r = hash(Buffer.from([0]), entryBytes)
  for (const p of inclusionPath) {
    assert.notEqual(sn, 0)
    if ((fn & 1) === 1 || fn === sn) {
      r = hash(Buffer.from([1]), p, r)
      if ((fn & 1) === 0) {
        do {
          fn >>= 1
          sn >>= 1
        } while ((fn & 1) === 0 && fn !== 0)
      }
    } else r = hash(Buffer.from([1]), r, p)
    fn >>= 1
    sn >>= 1
  }
  assert.equal(sn, 0)
  return r
}

test('foreign CBOR, foreign Ed25519 and the printed algorithm of RFC 9162 accept the receipt', () => {
  const tags = { 18: (decodeItem: () => unknown) => decodeItem() }
  const options = { useMaps: true, tags }
  const [header, unprotected, payload, signature] = decodeForeign(cose, options)
  assert.equal(payload, null)
  assert.equal(decodeForeign(header, options).get(395), 1)
  const root = rootByTheStandard(entry, decodeForeign(unprotected.get(396).get(-1)[0], options))
  const signed = encodeForeign(['Signature1', header, new Uint8Array(0), new Uint8Array(root)])
  const key = createPublicKey(publicKeyToPem(receiptSigner.publicKey))
  assert.equal(verifyForeign(null, signed, key, signature), true)
  assert.equal(
    verifyForeign(
      null,
      signed,
      createPublicKey(publicKeyToPem(example.statementSigner.publicKey)),
      signature,
    ),
    false,
  )
})

/** `scitt-cose` of PyPI (Action State Group): `pip install scitt-cose`, on the PATH or named by SCITT_COSE. */
const stranger = process.env.SCITT_COSE ?? 'scitt-cose'
const isThere = spawnSync(stranger, ['--help']).status === 0
const skip = isThere ? false : 'the independent verifier scitt-cose (PyPI) is not installed'

test('an independent RFC 9942 verifier (scitt-cose) accepts our receipt and refuses a changed one', {
  skip,
}, () => {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-cose-'))
  try {
    const judge = (receiptBytes: Uint8Array, leaf: Uint8Array, key: Uint8Array) => {
      writeFileSync(join(folder, 'R.cose'), receiptBytes)
      writeFileSync(join(folder, 'R.key.pem'), publicKeyToPem(key))
      const files = ['--receipt', join(folder, 'R.cose'), '--receipt-log-pubkey', join(folder, 'R.key.pem')]
      const run = spawnSync(stranger, [...files, '--leaf-entry-hex', toHex(leaf), '--json'], {
        encoding: 'utf8',
      })
      return { status: run.status, said: JSON.parse(run.stdout).receipt }
    }
    const good = judge(cose, entry, receiptSigner.publicKey)
    assert.equal(good.status, 0)
    assert.equal(good.said.ok, true)
    assert.equal(good.said.root, toHex(logRoot))
    assert.deepEqual([good.said.tree_size, good.said.leaf_index], [21, 13])
    assert.equal(judge(cose, utf8('other'), receiptSigner.publicKey).said.ok, false)
    assert.equal(judge(cose, entry, example.statementSigner.publicKey).said.ok, false)
    const changed = cose.slice()
    changed[changed.length - 1] = (changed[changed.length - 1] as number) ^ 1
    assert.equal(judge(changed, entry, receiptSigner.publicKey).status, 1)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
