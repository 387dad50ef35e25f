/** `meridian verify`: checks a receipt offline. No home, no network: the files and the pinned trust are all there is. */
import { writeFileSync } from 'node:fs'
import { isCertificate } from '@meridian/client'
import {
  decodeExportFile,
  encodeElementFile,
  isRefusal,
  type ReceiptFiles,
  showElements,
  type Verification,
  verifyReceipt,
} from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import { type Command, type Invocation, UsageError } from '../command-line/command.ts'
import { option } from './ask.ts'
import { readNamed } from './read-file.ts'
import { verifyAgainst } from './verify-against.ts'
import { verifyMembership } from './verify-certificate.ts'
import { verifyCose } from './verify-cose.ts'

export const verify: Command = {
  name: 'verify',
  usage:
    'R.json --trust trust.json [--record record.json] [--show PATH [-o elements.json] | --elements elements.json] [--against R2.json --against-record record2.json] · R.cose [--ask-ledger] · CERTIFICATE.json --trust trust.json',
  summary: {
    zh: '离线核验回执，逐级说明证明了什么',
    en: 'check a receipt offline and say what each rung proved',
  },
  options: [
    { name: 'trust', value: 'FILE', text: { zh: '事先固定的信任文件', en: 'the trust file you pinned' } },
    { name: 'record', value: 'FILE', text: { zh: '导出的记录', en: 'the exported record' } },
    {
      name: 'elements',
      value: 'FILE',
      text: { zh: '只出示部分数据元的文件', en: 'a file that shows chosen elements only' },
    },
    {
      name: 'show',
      value: 'PATH',
      text: {
        zh: '证明单个数据元而不出示其余，例如 /resource/birthDate（多个用逗号分隔）',
        en: 'prove one element without the others, as /resource/birthDate (several with commas)',
      },
    },
    {
      name: 'output',
      short: 'o',
      value: 'FILE',
      text: { zh: '将出示的数据元写入文件', en: 'write the shown elements to a file' },
    },
    {
      name: 'against',
      value: 'FILE',
      text: {
        zh: '另一份回执：核对两者是否矛盾（同一记录的同一版本却有两份内容）',
        en: 'another receipt: do the two contradict one another (two contents of one version of a record)?',
      },
    },
    {
      name: 'against-record',
      value: 'FILE',
      text: { zh: '另一份回执的记录或所出示的数据元', en: 'the record of that receipt, or elements of it' },
    },
    {
      name: 'leaf',
      value: 'FILE',
      text: { zh: 'COSE：条目（默认 R.leaf）', en: 'COSE: the entry (default R.leaf)' },
    },
    {
      name: 'key',
      value: 'FILE',
      text: { zh: 'COSE：公钥（默认 R.key.pem）', en: 'COSE: the key (default R.key.pem)' },
    },
    {
      name: 'ask-ledger',
      text: {
        zh: 'COSE：同时向本节点的账本核对根与密钥',
        en: 'COSE: ask the ledger of this home about root and key as well',
      },
    },
  ],
  async run(invocation) {
    const [receipt] = invocation.words
    const trust = option(invocation, 'trust')
    if (receipt?.endsWith('.cose')) return verifyCose(invocation, receipt)
    if (receipt === undefined || trust === undefined) {
      throw new UsageError({
        zh: '请给出回执和 --trust 信任文件。',
        en: 'Name the receipt, and the trust file with --trust.',
      })
    }
    const given = readNamed(receipt)
    if (isCertificate(given))
      return verifyMembership(invocation, { certificate: given, trust: readNamed(trust) })
    const record = read(option(invocation, 'record'))
    const show = option(invocation, 'show')?.split(',') ?? []
    const files: ReceiptFiles = {
      receipt: given,
      trust: read(trust) as Uint8Array,
      record,
      elements: read(option(invocation, 'elements')),
      show,
    }
    if (option(invocation, 'against') !== undefined) return verifyAgainst(invocation, files, read)
    const verification = verifyReceipt(nodeSuite, files)
    if (verification.verified) keepShown(invocation, record, show)
    invocation.out(invocation.json ? toJson(verification) : toLines(verification))
    return verification.verified ? 0 : 1
  },
}

function read(file: string | undefined): Uint8Array | undefined {
  return file === undefined ? undefined : readNamed(file)
}

function keepShown(invocation: Invocation, record: Uint8Array | undefined, show: readonly string[]): void {
  const file = option(invocation, 'output')
  const exported = record === undefined ? undefined : decodeExportFile(record)
  if (file === undefined || exported === undefined || isRefusal(exported)) return
  const shown = showElements(nodeSuite, exported, show)
  if (!isRefusal(shown)) writeFileSync(file, encodeElementFile(shown))
}

const plain = (_name: string, value: unknown) =>
  typeof value === 'bigint'
    ? String(value)
    : value instanceof Uint8Array
      ? Buffer.from(value).toString('hex')
      : value

function toJson(verification: Verification): string {
  return JSON.stringify(verification, plain)
}

function toLines({ rungs, summary, evidence }: Verification): string {
  const ladder = rungs.flatMap((rung) => [
    `${rung.ok ? '✔' : '✘'} ${rung.name.padEnd(10)} ${rung.proved.en}`,
    `  ${' '.repeat(10)} ${rung.proved.zh}`,
  ])
  const shown = (evidence?.shown ?? []).map(({ path, value }) => `  ${path} = ${value}`)
  return [...ladder, ...shown, '', summary.en, summary.zh].join('\n')
}
