/** `meridian vault verify`: reopens every sealed version; the tamper demonstration of the product. */
import { type Command, UsageError } from '../command-line/command.ts'
import { ask } from './ask.ts'

interface Answer {
  readonly versions: number
  readonly erased: number
  readonly deliveries: number
  readonly batches: number
  readonly faultCount: number
  readonly faults: readonly { kind: string; table: string; where: object; what: string }[]
}

export const vault: Command = {
  name: 'vault',
  usage: 'verify',
  summary: {
    zh: '逐一打开封存的记录并与承诺核对，指出被改动、丢失或回退之处',
    en: 'reopen every sealed record against its commitment and name what was altered, lost or rolled back',
  },
  options: [],
  async run(invocation) {
    if (invocation.words[0] !== 'verify')
      throw new UsageError({ zh: '用法：meridian vault verify', en: 'usage: meridian vault verify' })
    return ask(invocation, 'vault-verify', {}, show, {
      label: { zh: '核对记录', en: 'verifying records' },
      exitCode: (answer: Answer) => (answer.faultCount === 0 ? 0 : 1),
    })
  },
}

function show({ versions, erased, deliveries, batches, faultCount, faults }: Answer): string {
  const counts = `${versions} versions, ${erased} erased, ${deliveries} deliveries, ${batches} batches`
  if (faultCount === 0)
    return `✔ ${counts}: nothing altered, missing or rolled back. 未发现改动、丢失或回退。`
  const lines = faults.map((f) => `✘ ${f.kind} ${f.table} ${JSON.stringify(f.where)} — ${f.what}`)
  return [`${counts}: ${faultCount} faults 处不符`, ...lines].join('\n')
}
