/** `meridian verify R.cose`: signature and log offline; with `--ask-ledger` also whether the ledger agrees and the key counted. */
import { fromHex, isRefusal, pemToPublicKey, refusalText, toHex, verifyCoseReceipt } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import type { ExitCode, Invocation } from '../command-line/command.ts'
import { ask, option } from './ask.ts'
import { readNamed, readNamedText } from './read-file.ts'

interface Checked {
  readonly issuer: string
  readonly height: number
  readonly key: { readonly ended?: number }
}

/** `R.leaf` and `R.key.pem` are looked for beside `R.cose`. */
export async function verifyCose(invocation: Invocation, file: string): Promise<ExitCode> {
  const stem = file.replace(/\.cose$/, '')
  const cose = readNamed(file)
  const leaf = readNamedText(option(invocation, 'leaf') ?? `${stem}.leaf`).trim()
  const key = readNamedText(option(invocation, 'key') ?? `${stem}.key.pem`)
  if (invocation.options['ask-ledger'] === true) {
    return ask(invocation, 'cose-check', { cose: toHex(cose), leaf, key }, showChecked)
  }
  const publicKey = pemToPublicKey(key) ?? new Uint8Array(32)
  const receipt = verifyCoseReceipt(nodeSuite, cose, fromHex(leaf) ?? new Uint8Array(), publicKey)
  if (isRefusal(receipt)) {
    const { en, zh } = refusalText(receipt)
    invocation.out(
      invocation.json ? JSON.stringify({ verified: false, code: receipt.code, en, zh }) : `✘ ${en}\n  ${zh}`,
    )
    return 1
  }
  const { issuer, chainId, timeSeconds } = receipt
  const time = new Date(timeSeconds * 1000).toISOString()
  const lines = [
    `✔ ${issuer} · ${chainId} · ${time}: the statement is in the log whose root this key signed.`,
    '  该声明在日志中，其根由此密钥签名。',
    'Whether the key counted then is on the ledger: --ask-ledger. 该密钥当时是否有效须查账本：--ask-ledger。',
  ]
  invocation.out(
    invocation.json ? JSON.stringify({ verified: true, issuer, chainId, time }) : lines.join('\n'),
  )
  return 0
}

function showChecked({ issuer, height, key }: Checked): string {
  const since =
    key.ended === undefined ? 'it counts today 至今有效' : `it ended later, at 之后终止于 ${key.ended}`
  return `✔ ${issuer} · height 高度 ${height}: the ledger has this root, and the key counted then 账本有此根，密钥当时有效; ${since}`
}
