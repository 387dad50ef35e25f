/** `meridian chain verify`: recomputes the whole chain and names the first wrong height and module. */
import { type Command, UsageError } from '../command-line/command.ts'
import { ask } from './ask.ts'

interface Answer {
  readonly verified: boolean
  readonly height: number
  readonly fault?: { readonly height: number; readonly place: string; readonly module?: string }
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

function show({ verified, height, fault }: Answer): string {
  if (verified)
    return `✔ ${height} blocks recomputed: headers, signatures, statements and state agree. 全部 ${height} 个区块核对一致。`
  const module = fault?.module === undefined ? '' : ` · ${fault.module}`
  return `✘ height 高度 ${fault?.height}${module}: ${fault?.place}`
}
