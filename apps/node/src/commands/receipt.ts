/** `meridian receipt` and `export`: write what a stranger needs to files. */
import { type Command, type Invocation, UsageError } from '../command-line/command.ts'
import { ask, option } from './ask.ts'
import { keep, output } from './keep-file.ts'

function idOf(invocation: Invocation): { id: string } {
  const [id] = invocation.words
  if (id === undefined)
    throw new UsageError({
      zh: '请给出记录编号（见 meridian records）。',
      en: 'Name a record (see meridian records).',
    })
  return { id }
}

export const receipt: Command = {
  name: 'receipt',
  usage: 'ID -o R.json [--format cose]',
  summary: { zh: '取得某条记录的回执', en: 'get the receipt of a record' },
  options: [
    output,
    {
      name: 'format',
      value: 'FORM',
      text: { zh: 'meridian（缺省）或 cose(RFC 9942)', en: 'meridian (default) or cose (RFC 9942)' },
    },
  ],
  async run(invocation) {
    const format = option(invocation, 'format') ?? 'meridian'
    if (format === 'cose') return coseFiles(invocation)
    if (format !== 'meridian')
      throw new UsageError({ zh: '--format 应为 meridian 或 cose。', en: '--format is meridian or cose.' })
    return ask(
      invocation,
      'receipt',
      { ...idOf(invocation) },
      (a: { receipt: string }) => keep(invocation, a.receipt),
      { keep: true },
    )
  },
}

/** `R.cose` with `R.leaf`, `R.key.pem` and `R.batch.json` beside it. */
async function coseFiles(invocation: Invocation) {
  const file = option(invocation, 'output')
  if (file === undefined)
    throw new UsageError({
      zh: 'COSE 回执是二进制文件，请用 -o 指定文件名。',
      en: 'A COSE receipt is binary: name its file with -o.',
    })
  const stem = file.replace(/\.cose$/, '')
  const show = (a: { cose: string; leaf: string; key: string; batch: string }) =>
    [
      keep(invocation, Buffer.from(a.cose, 'hex'), `${stem}.cose`),
      keep(invocation, `${a.leaf}\n`, `${stem}.leaf`),
      keep(invocation, a.key, `${stem}.key.pem`),
      keep(invocation, a.batch, `${stem}.batch.json`),
    ].join('\n')
  return ask(invocation, 'cose-receipt', { ...idOf(invocation) }, show, { keep: true })
}

export const exportRecord: Command = {
  name: 'export',
  usage: 'ID -o record.json [--source]',
  summary: {
    zh: '导出记录原文及其密钥（含个人信息，只交给有权阅读的人）',
    en: 'export a record with its secret (personal: for who may read it)',
  },
  options: [
    output,
    { name: 'source', text: { zh: '导出来源系统发来的原始字节', en: 'the bytes as the source sent them' } },
  ],
  run(invocation) {
    if (invocation.options.source === true) {
      const show = (a: { bytes: string }) => keep(invocation, Buffer.from(a.bytes, 'base64'))
      return ask(invocation, 'export-source', { ...idOf(invocation) }, show, { keep: true })
    }
    return ask(
      invocation,
      'export',
      { ...idOf(invocation) },
      (a: { record: string }) => keep(invocation, a.record),
      { keep: true },
    )
  },
}
