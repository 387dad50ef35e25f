/** `meridian chain verify`: recomputes the whole chain and those before it; names the first wrong height and module of each. */
import { type Command, UsageError } from '../command-line/command.ts'
import { ask } from './ask.ts'

interface Fault {
  readonly height: number
  readonly place: string
  readonly module?: string
}

interface Chain {
  readonly chainId: string
  readonly height: number
  readonly fault?: Fault
}

interface Answer extends Chain {
  readonly verified: boolean
  readonly earlier: readonly ((Chain & { readonly kept: true }) | { chainId: string; kept: false })[]
}

export const chain: Command = {
  name: 'chain',
  usage: 'verify',
  summary: {
    zh: '重新计算整条链，指出第一处不符',
    en: 'recompute the whole chain and name the first place that does not agree',
  },
  options: [],
  async run(invocation) {
    if (invocation.words[0] !== 'verify')
      throw new UsageError({ zh: '用法：meridian chain verify', en: 'usage: meridian chain verify' })
    return ask(invocation, 'chain-verify', {}, show, {
      label: { zh: '核对区块', en: 'verifying blocks' },
      exitCode: (answer: Answer) => (answer.verified ? 0 : 1),
    })
  },
}

function show({ earlier, ...chain }: Answer): string {
  return [
    lineOf(chain),
    ...earlier.map((each) => (each.kept ? lineOf(each, true) : notKept(each.chainId))),
  ].join('\n')
}

function lineOf({ chainId, height, fault }: Chain, isEarlier = false): string {
  if (fault?.place === 'snapshot')
    return `– ${chainId}: snapshot: this node began from a snapshot at height 高度 ${fault.height}; what led to it is not here to recompute. Ask a member that has every block. 本节点从快照开始，此前的区块不在此处，无法重算；请向保存全部区块的成员核对。`
  if (fault !== undefined) {
    const module = fault.module === undefined ? '' : ` · ${fault.module}`
    return `✘ ${chainId}: height 高度 ${fault.height}${module}: ${fault.place}`
  }
  return isEarlier
    ? `✔ ${chainId}: the ${height} blocks of this earlier chain agree, and so does the handover. 旧链 ${height} 个区块及其接续核对一致。`
    : `✔ ${chainId}: ${height} blocks recomputed: headers, signatures, statements and state agree. 全部 ${height} 个区块核对一致。`
}

const notKept = (chainId: string) =>
  `– ${chainId}: an earlier chain whose blocks are not kept here; neither it nor what came before was checked. 本处未保存该旧链的区块，它及更早的链均未核对。`
