/** The words of a grouper's steps and warnings. */
import type { Bilingual } from '../finding.ts'

const words: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  'first-chapter.taken': ['先期分组 {s}：符合', 'First chapter {s}: it applies'],
  'first-chapter.passed': ['先期分组 {s}：不符合', 'First chapter {s}: it does not apply'],
  'first-chapter.unknown': [
    '先期分组 {s}：无法判断（病例或分组表没有所需信息）',
    'First chapter {s}: cannot be told; the episode or the tables do not say',
  ],
  'chapter.taken': ['主要诊断 {c} 属于 {s}', 'The main diagnosis {c} belongs to {s}'],
  'chapter.passed': ['{s} 与性别不符', '{s} does not go with the sex'],
  'adrg.taken': ['入 {s}，依据 {c}', '{s}, by {c}'],
  'adrg.passed': ['也符合 {s}（{c}），但排在后面', '{s} would fit too ({c}), but comes later'],
  'complication.taken': ['{c} 计为 {s}', '{c} counts as {s}'],
  'complication.passed': [
    '{c} 为 {s}，但与主要诊断同一排除组，不计',
    '{c} is a {s}, but in the exclusion group of the main diagnosis: it does not count',
  ],
  'group.taken': ['分组 {s}', 'Group {s}'],
  'group.unknown': ['{s} 在该年度没有对应的细分组或权重', '{s} has no group with a weight in this year'],
  'weight.taken': ['{c} 年权重 {s}', 'Weight {s} in {c}'],
  'ungroupable-code': [
    '{s} 作主要诊断不入任何组：提交前请核对主要诊断',
    '{s} leads to no group as the main diagnosis: check it before submission',
  ],
  'unknown-code': ['分组表中没有编码 {s}', 'The tables do not know the code {s}'],
  'no-group': ['病例不入任何组', 'The episode falls in no group'],
  'several-adrgs': ['分组表不足以区分 {s}，取第一个', 'The tables do not tell {s} apart; the first is taken'],
  'unrelated-procedure': [
    '手术操作 {s} 与主要诊断所在的类无关，可能成为歧义病例',
    'The procedure {s} is unrelated to the chapter of the main diagnosis: the case may be queried',
  ],
}

/** The words of a key with its subject and codes in place. */
export function stepWords(key: string, subject: string, codes: readonly string[] = []): Bilingual {
  const [zh, en] = words[key] ?? ['{s}', '{s}']
  const fill = (text: string, join: string) =>
    text.replace('{s}', () => subject).replace('{c}', () => codes.join(join))
  return { zh: fill(zh, '、'), en: fill(en, ', ') }
}
