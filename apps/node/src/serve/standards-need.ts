/** What the admin door is handed of standards: the answers of the operation. */
import type { AdminNeeds } from '@meridian/gateway'
import { OperationRefused } from '../operations/operation.ts'
import { type StandardsArgs, standards } from '../operations/standards.ts'
import type { Node } from '../wiring/node.ts'

type Need = AdminNeeds['standards']

/** Over an open node. */
export function standardsNeedOf(node: Node): Need {
  const ask = async (args: StandardsArgs) => (await standards.run(node, args, () => undefined)) as object
  const askIfHeld = async (args: StandardsArgs): Promise<object | undefined | 'other-kind'> => {
    try {
      return await ask(args)
    } catch (error) {
      if (!(error instanceof OperationRefused)) throw error
      if (error.code === 'standards-unknown') return undefined
      if (error.code === 'standards-other-kind') return 'other-kind'
      throw error
    }
  }
  return {
    list: () => ask({ action: 'list' }),
    show: async (name) => (await askIfHeld({ action: 'show', name })) as object | undefined,
    changes: (name, other) => askIfHeld({ action: 'diff', name, other }),
    conflicts: () => ask({ action: 'conflicts' }),
  }
}
