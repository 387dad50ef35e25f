/** The grouper of the node for its page: the operation's answers. */
import type { AdminNeeds } from '@meridian/gateway'
import { group } from '../operations/group.ts'
import { OperationRefused } from '../operations/operation.ts'
import type { Node } from '../wiring/node.ts'

/** Over an open node. */
export function grouperNeedOf(node: Node): AdminNeeds['grouper'] {
  return {
    list: async () => (await group.run(node, { action: 'list' }, () => undefined)) as object,
    async group(question) {
      try {
        return (await group.run(node, { action: 'group', ...question }, () => undefined)) as object
      } catch (error) {
        if (error instanceof OperationRefused) return 'wrong'
        throw error
      }
    },
  }
}
