/** Standards for people: the list, one package, a difference, vectors, conflicts. */
import type { Finding } from '@meridian/standards'
import { layTable } from '../command-line/table.ts'
import type { TouchedCount } from '../standards/count-touched.ts'
import type { Conflict } from '../standards/find-conflicts.ts'
import type { JudgedAgain } from '../standards/judge-again.ts'
import type { ArtefactDocument } from '../standards/show-artefact.ts'

/** What the vectors gave; `hash` is what a vote carries. */
export interface Vectors {
  readonly passed: boolean
  readonly hash: string | null
  readonly findings: readonly Finding[]
  readonly outcomes: readonly { readonly name: string; readonly outcome: string; readonly answer?: unknown }[]
}

/** Packages that were changed on disk. */
export interface Verified {
  readonly items: readonly { readonly hash: string; readonly findings: readonly Finding[] }[]
}

/** All packages, and the hash of the set that goes into commitments. */
export function showList(answer: {
  readonly standardsSetHash: string
  readonly items: readonly ArtefactDocument[]
}): string {
  const rows = answer.items.map(({ hash, isInForce, publishedHeight, state, adoptedBy, manifest }) => [
    manifest.id,
    manifest.version,
    manifest.kind,
    manifest.layer,
    isInForce ? 'in force 现行' : '',
    state ?? '',
    String(adoptedBy.length),
    publishedHeight === null ? '' : String(publishedHeight),
    hash.slice(0, 12),
    `${manifest.titles.zh} ${manifest.titles.en}`,
  ])
  const head = [
    'ID',
    'VERSION 版本',
    'KIND 类别',
    'LAYER 层',
    'USE 使用',
    'STATE 状态',
    'RUN BY 采用',
    'BLOCK 区块',
    'HASH 摘要',
    'TITLE 名称',
  ]
  return `${layTable([head, ...rows])}\nstandards set 标准集 ${answer.standardsSetHash}`
}

/** One package with its vectors. */
export function showOne(answer: ArtefactDocument & { readonly vectors: Vectors }): string {
  const { manifest, hash } = answer
  const { effective, jurisdiction, licence } = manifest
  return [
    `${manifest.id}@${manifest.version} · ${manifest.kind} · ${manifest.layer}`,
    `${manifest.titles.zh} ${manifest.titles.en}`,
    `hash 摘要 ${hash}`,
    `steward 维护 ${manifest.steward} · ${jurisdiction.length === 0 ? 'everywhere 全国' : jurisdiction.join(', ')} · ${effective.from} → ${effective.to ?? ''}`,
    `licence 许可 ${licence.name}${licence.shared ? '' : ' (not handed on 不得转交)'}${manifest.implements === undefined ? '' : ` · ${manifest.implements}`}`,
    ...manifest.files.map(({ name, bytes }) => `  ${name} ${bytes} B`),
    showVectors(answer.vectors),
  ].join('\n')
}

/** What the vectors gave. */
export function showVectors({ passed, hash, findings, outcomes }: Vectors): string {
  const failed = outcomes.filter(({ outcome }) => outcome === 'failed')
  return [
    `${passed ? '✔' : '✘'} vectors 测试向量 ${outcomes.length - failed.length}/${outcomes.length} ${hash ?? ''}`,
    ...failed.map(({ name, answer }) => `  ✘ ${name}: ${JSON.stringify(answer)}`),
    ...findings.map(({ path, message }) => `  ✘ ${path}: ${message.zh} ${message.en}`),
  ].join('\n')
}

/** A difference, element by element, with how many of one's own records hold the element. */
export function showDifference(
  answer: TouchedCount & { readonly before: ArtefactDocument; readonly after: ArtefactDocument },
): string {
  const name = ({ manifest: { id, version } }: ArtefactDocument) => `${id}@${version}`
  const rows = answer.changes.map(({ change, path, before, after, touched }) => [
    { added: '+', removed: '−', changed: '~' }[change],
    path,
    before === undefined ? '' : JSON.stringify(before),
    after === undefined ? '' : JSON.stringify(after),
    touched === undefined ? '' : String(touched),
  ])
  const head = ['', 'ELEMENT 元素', 'BEFORE 之前', 'AFTER 之后', 'RECORDS 本机构记录']
  const looked = `records looked at 查看的记录 ${answer.looked}${answer.isWhole ? '' : '+'}`
  return [`${name(answer.before)} → ${name(answer.after)}`, layTable([head, ...rows]), looked].join('\n')
}

/** What was said on the ledger. */
export function showPublished(answer: { id: string; version: string; hash: string; height: number }): string {
  return `${answer.id}@${answer.version} ${answer.hash.slice(0, 12)} → height 高度 ${answer.height}`
}

/** Inputs that two artefacts in force answer differently. */
export function showConflicts({ items }: { readonly items: readonly Conflict[] }): string {
  if (items.length === 0) return 'No conflicts. 没有冲突。'
  const rows = items.map(({ first, second, input, answers }) => [
    `${first.id}@${first.version}`,
    `${second.id}@${second.version}`,
    JSON.stringify(input),
    ...answers.map((answer) => JSON.stringify(answer)),
  ])
  return layTable([['FIRST 甲', 'SECOND 乙', 'INPUT 输入', 'ANSWER 甲答', 'ANSWER 乙答'], ...rows])
}

/** Whether everything on disk is what its hash says. */
export function showVerified({ items }: Verified): string {
  if (items.length === 0) return '✔ Every package is what its hash says. 所有标准包与摘要一致。'
  return items
    .map(({ hash, findings }) => `✘ ${hash}: ${findings.map(({ path }) => path).join(', ')}`)
    .join('\n')
}

/** Who runs what from when on. */
export function showAdopted(answer: {
  id: string
  version: string
  use: string
  day: string
  height: number
}): string {
  return `${answer.use} ${answer.id}@${answer.version} from 自 ${answer.day} → height 高度 ${answer.height}`
}

/** What another version would say of a record. */
export function showJudged({ recordSetHash, setHash, profile, gone, added }: JudgedAgain): string {
  const line = (sign: string) => (finding: Finding) =>
    `  ${sign} ${finding.code} ${finding.path}: ${finding.message.zh} ${finding.message.en}`
  return [
    `judged by 判定所依标准集 ${recordSetHash} · again by 重新判定 ${setHash} (${profile})`,
    ...gone.map(line('−')),
    ...added.map(line('+')),
    gone.length + added.length === 0 ? 'No difference. 没有差别。' : '',
  ].join('\n')
}
