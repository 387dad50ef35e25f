/** What `meridian proposals propose` is told: the kind, whom it is about, and when it ends. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isProposalKind, MEMBER_CLASSES, proposalKinds } from '@meridian/protocol'
import { type Invocation, type Option, OutsideFailure, UsageError } from '../command-line/command.ts'
import type { ProposeArgs } from '../operations/propose.ts'
import { option } from './ask.ts'

/** Of the action and its times. */
export const proposeOptions: readonly Option[] = [
  {
    name: 'class',
    value: 'CLASS',
    text: { zh: `新类别：${MEMBER_CLASSES.join('、')}`, en: `the new class: ${MEMBER_CLASSES.join(', ')}` },
  },
  { name: 'name', value: 'NAME', text: { zh: '参数名称', en: 'the parameter' } },
  { name: 'value', value: 'N', text: { zh: '参数的新值', en: 'its new value' } },
  { name: 'rules', value: 'N', text: { zh: '升级到的规则版本', en: 'the version of the rules to come' } },
  {
    name: 'retire',
    value: 'HEIGHT',
    text: {
      zh: '旧规则或旧版标准停用的高度',
      en: 'height from which on what is given up, a rule or a version of a standard, is refused',
    },
  },
  {
    name: 'activate',
    value: 'HEIGHT',
    text: { zh: '生效高度（默认通过后立即生效）', en: 'height at which it takes effect (default at once)' },
  },
  {
    name: 'days',
    value: 'N',
    text: { zh: '表决期限，天（默认 7）', en: 'how long it is open, in days (default 7)' },
  },
  {
    name: 'document',
    value: 'FILE',
    text: {
      zh: '提案说明文件；只有其摘要写入账本',
      en: 'what argues for it; only its hash goes on the ledger',
    },
  },
]

/** @throws UsageError naming what is missing. */
export function proposeArgsOf(invocation: Invocation): ProposeArgs {
  const [, kind = '', organisation] = invocation.words
  const document = option(invocation, 'document')
  return {
    asked: askedOf(invocation, kind, organisation),
    days: numberOf(invocation, 'days', 7),
    activationHeight: numberOf(invocation, 'activate', 0),
    ...(document === undefined ? {} : { bodyHash: hashOf(document) }),
  }
}

function askedOf(
  invocation: Invocation,
  kind: string,
  organisation: string | undefined,
): ProposeArgs['asked'] {
  if (!isProposalKind(kind)) {
    throw new UsageError({
      zh: `提案种类应为 ${proposalKinds.join('、')} 之一。`,
      en: `A kind of proposal is one of ${proposalKinds.join(', ')}.`,
    })
  }
  if (kind === 'parameters.change') {
    return { kind, action: { name: needed(invocation, 'name'), value: numberOf(invocation, 'value') } }
  }
  if (kind === 'upgrade') {
    const version = numberOf(invocation, 'rules')
    return { kind, action: { version, retireHeight: numberOf(invocation, 'retire') } }
  }
  if (kind === 'artefact.trial' || kind === 'artefact.activate' || kind === 'artefact.retire') {
    return artefactAsked(invocation, kind)
  }
  if (organisation === undefined) {
    throw new UsageError({ zh: '请写明是哪个机构。', en: 'Name the organisation that it is about.' })
  }
  if (kind !== 'membership.change-class') return { kind, action: { organisation } }
  const memberClass = MEMBER_CLASSES.find((each) => each === option(invocation, 'class'))
  if (memberClass === undefined) throw missing('class')
  return { kind, action: { organisation, memberClass } }
}

/** `ID VERSION`; a height for what goes, which an activation may leave out when it replaces nothing. */
function artefactAsked(
  invocation: Invocation,
  kind: 'artefact.trial' | 'artefact.activate' | 'artefact.retire',
): ProposeArgs['asked'] {
  const [, , id, version] = invocation.words
  if (id === undefined || version === undefined) {
    throw new UsageError({ zh: '请写明标准的标识和版本。', en: 'Name the standard by its id and version.' })
  }
  if (kind === 'artefact.trial') return { kind, action: { id, version } }
  const usual = kind === 'artefact.activate' ? 0 : undefined
  return { kind, action: { id, version, retireHeight: numberOf(invocation, 'retire', usual) } }
}

const missing = (name: string) =>
  new UsageError({ zh: `缺少或不正确：--${name}`, en: `--${name} is missing or wrong.` })

function needed(invocation: Invocation, name: string): string {
  const value = option(invocation, name)
  if (value === undefined || !/^[a-z][A-Za-z0-9]{0,63}$/.test(value)) throw missing(name)
  return value
}

function numberOf(invocation: Invocation, name: string, usual?: number): number {
  const text = option(invocation, name)
  if (text === undefined && usual !== undefined) return usual
  if (text === undefined || !/^\d{1,15}$/.test(text)) throw missing(name)
  return Number(text)
}

function hashOf(file: string): string {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex')
  } catch (cause) {
    throw new OutsideFailure({ zh: `无法读取文件 ${file}。`, en: `The file ${file} cannot be read.` }, cause)
  }
}
