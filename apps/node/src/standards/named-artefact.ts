/** Finds a package by what a person writes: `id`, `id@version`, or the first digits of its hash. */
import { toHex } from '@meridian/protocol'
import type { Finding } from '@meridian/standards'
import { OperationRefused } from '../operations/operation.ts'
import type { ArtefactStore, HeldArtefact } from './artefact-store.ts'

const HASH_DIGITS = /^[0-9a-f]{8,64}$/

/** @throws OperationRefused `standards-unknown` */
export function namedArtefact(store: ArtefactStore, name: string): HeldArtefact {
  const [id = '', version] = name.split('@')
  const byHash = HASH_DIGITS.test(name) ? store.list().filter(({ hash }) => toHex(hash).startsWith(name)) : []
  const found = store.find(id, version) ?? (byHash.length === 1 ? byHash[0] : undefined)
  if (found !== undefined) return found
  throw new OperationRefused('standards-unknown', {
    zh: `本节点没有标准 ${name}。请用 meridian standards list 查看，或用 meridian standards fetch 摘要 从其他成员获取。`,
    en: `This node holds no artefact ${name}. See meridian standards list, or fetch it by its hash with meridian standards fetch.`,
  })
}

/** @throws OperationRefused with the first findings in words. */
export function refuseFindings(findings: readonly Finding[]): never {
  const [first] = findings
  const words = findings.slice(0, 8)
  throw new OperationRefused(first?.code ?? 'artefact.content', {
    zh: words.map(({ path, message, hint }) => `${path}：${message.zh}${hint.zh}`).join('\n'),
    en: words.map(({ path, message, hint }) => `${path}: ${message.en} ${hint.en}`).join('\n'),
  })
}
