/** `meridian verify R.json --against OTHER.json`: whether two anchored records of one handle can both be true. */
import {
  type Comparison,
  type Contradiction,
  compareReceipts,
  documentKindOf,
  type ReceiptFiles,
  toHex,
} from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import type { Bilingual, ExitCode, Invocation } from '../command-line/command.ts'
import { option } from './ask.ts'

/** Says what the two are together; 1 for a contradiction, and when one of them proves nothing by itself. */
export function verifyAgainst(
  invocation: Invocation,
  files: ReceiptFiles,
  read: (file: string | undefined) => Uint8Array | undefined,
): ExitCode {
  const opened = read(option(invocation, 'against-record'))
  const isElements = opened !== undefined && documentKindOf(opened) === 'elements'
  const other: ReceiptFiles = {
    receipt: read(option(invocation, 'against')) as Uint8Array,
    trust: files.trust,
    ...(isElements ? { elements: opened } : { record: opened }),
  }
  const comparison = compareReceipts(nodeSuite, [files, other])
  const { en, zh } = textOf(comparison)
  invocation.out(invocation.json ? JSON.stringify({ ...plainOf(comparison), en, zh }) : `${en}\n${zh}`)
  return comparison.kind === 'agree' || comparison.kind === 'other-record' ? 0 : 1
}

function plainOf(comparison: Comparison): object {
  if ('commitments' in comparison)
    return {
      ...comparison,
      handle: toHex(comparison.handle),
      commitments: comparison.commitments.map(toHex),
    }
  if ('index' in comparison) return { kind: comparison.kind, file: PLACES[comparison.index].en }
  return comparison
}

const PLACES = [
  { zh: '第一份回执', en: 'the first receipt' },
  { zh: '--against 回执', en: 'the receipt of --against' },
] as const

function textOf(comparison: Comparison): Bilingual {
  switch (comparison.kind) {
    case 'agree':
      return { zh: '两份回执互不矛盾。', en: 'The two receipts do not contradict one another.' }
    case 'other-record':
      return { zh: '两份回执属于不同的记录。', en: 'The two receipts are about different records.' }
    case 'not-opened':
      return {
        zh: `${PLACES[comparison.index].zh}有效，但未出示其记录：请用 --record 或 --against-record 给出。`,
        en: `${PLACES[comparison.index].en} verifies, but nothing of its record was shown: give it with --record or --against-record.`,
      }
    case 'not-verified': {
      const { proved } = comparison.verification.rungs.at(-1) ?? { proved: comparison.verification.summary }
      return {
        zh: `${PLACES[comparison.index].zh}未通过验证：${proved.zh}`,
        en: `${PLACES[comparison.index].en} does not verify: ${proved.en}`,
      }
    }
    default:
      return contradictionText(comparison)
  }
}

function contradictionText({ kind, organisation, versions }: Contradiction): Bilingual {
  const [first, second] = versions
  if (kind === 'same-version')
    return {
      zh: `矛盾：${organisation} 为同一记录的第 ${first} 版锚定了两份不同的内容。请保留这些文件，并通知其他成员。`,
      en: `Contradiction: ${organisation} anchored two different version ${first} of one record. Keep these files and tell the other members.`,
    }
  return {
    zh: `矛盾：${organisation} 锚定的第 ${Math.max(first, second)} 版并非承接所示的第 ${Math.min(first, second)} 版。请保留这些文件，并通知其他成员。`,
    en: `Contradiction: version ${Math.max(first, second)} that ${organisation} anchored does not follow the version ${Math.min(first, second)} shown. Keep these files and tell the other members.`,
  }
}
