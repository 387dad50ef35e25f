/** `meridian convert`: a record in the words of the organisation that receives it; `convert verify` checks such a file. */
import { writeFileSync } from 'node:fs'
import { type Command, UsageError } from '../command-line/command.ts'
import { ask, option } from './ask.ts'
import { readNamedText } from './read-file.ts'

interface Loss {
  readonly code: string
  readonly path: string
  readonly message?: { readonly zh: string; readonly en: string }
}

interface Terms {
  readonly from: string
  readonly to: string
  readonly recorded: string
  readonly maps: readonly { readonly id: string; readonly version: string }[]
}

interface Converted {
  readonly document: string
  readonly terms: Terms
  readonly losses: readonly Loss[]
  readonly attested: { readonly height: number } | null
}

interface Verified {
  readonly terms: Terms
  readonly losses: readonly Loss[]
  readonly attestedHeight: number
}

export const convert: Command = {
  name: 'convert',
  usage: 'ID --for ORGANISATION -o FILE [--replay TIME] | verify FILE',
  summary: {
    zh: '按接收机构的编码与单位转换记录，在账本上留下证明；核验收到的转换文件',
    en: 'convert a record into the codes and units of its receiver, attested on the ledger; verify such a file',
  },
  options: [
    { name: 'for', value: 'ORGANISATION', text: { zh: '接收机构', en: 'who receives it' } },
    { name: 'output', short: 'o', value: 'FILE', text: { zh: '写入的文件', en: 'the file to write' } },
    {
      name: 'replay',
      value: 'TIME',
      text: {
        zh: '按文件中的 recorded 时间重做一次，应得到相同字节；不写账本',
        en: 'make it again with the time recorded in the file: the same bytes; nothing is said on the ledger',
      },
    },
  ],
  run(invocation) {
    const [first, file] = invocation.words
    if (first === 'verify' && file !== undefined)
      return ask(invocation, 'convert-verify', { document: readNamedText(file) }, showVerified)
    const [to, output] = [option(invocation, 'for'), option(invocation, 'output')]
    if (first === undefined || to === undefined || output === undefined)
      throw new UsageError({
        zh: '请给出记录、--for 接收机构 和 -o 文件。',
        en: 'Name a record, --for an organisation, and -o a file.',
      })
    const recorded = option(invocation, 'replay')
    const args = { id: first, to, ...(recorded === undefined ? {} : { recorded }) }
    const show = (answer: Converted): string => {
      writeFileSync(output, answer.document)
      return showConverted(answer, output)
    }
    return ask(invocation, 'convert', args, show, { keep: true })
  },
}

function showConverted({ terms, losses, attested }: Converted, output: string): string {
  const where = attested === null ? 'replayed 已重做' : `attested at height 存证高度 ${attested.height}`
  return [
    `${terms.from} → ${terms.to} · ${where} → ${output}`,
    ...mapLines(terms),
    ...lossLines(losses),
  ].join('\n')
}

function showVerified({ terms, losses, attestedHeight }: Verified): string {
  return [
    `✔ ${terms.from} → ${terms.to} · attested at height 存证高度 ${attestedHeight}`,
    ...mapLines(terms),
    ...lossLines(losses),
  ].join('\n')
}

const mapLines = ({ maps }: Terms): string[] => maps.map(({ id, version }) => `  map 映射 ${id} ${version}`)

const lossLines = (losses: readonly Loss[]): string[] =>
  losses.map(({ code, path, message }) => `  ! ${path} · ${code} ${message?.zh ?? ''} ${message?.en ?? ''}`)
