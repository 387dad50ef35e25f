/**
 * Who is served when. One event loop serves all connections, so a flood on one must not make consensus wait: in every
 * turn the consensus connection comes first, the others share a bounded time, then the sockets are looked at again.
 */
import type { Connection } from './connection.ts'

/** Asks for a turn; any number of askings before it make one. */
export type Wake = () => void

/** Turns over `connections`, which may change between them. `nowMs` is any clock that does not go back. */
export function createTurns(
  connections: () => readonly Connection[],
  turnMs: number,
  nowMs: () => number,
): Wake {
  let asked = false
  const wake = () => {
    if (asked) return
    asked = true
    setImmediate(turn)
  }
  function turn(): void {
    asked = false
    const all = connections()
    const first = all.filter((one) => one.status().role === 'consensus')
    const deadline = nowMs() + turnMs
    while (nowMs() < deadline && stepEach(first)) {}
    for (const one of first) one.flush()
    // Roles are learnt by looking: one that has just turned out to be the consensus connection is among the rest once.
    const rest = all.filter((one) => !first.includes(one))
    while (stepEach(rest) && nowMs() < deadline) {}
    for (const one of rest) one.flush()
    if (all.some((one) => one.ready())) wake()
  }
  return wake
}

/** One request of each that is ready. False when none was. */
function stepEach(connections: readonly Connection[]): boolean {
  let any = false
  for (const one of connections) {
    if (!one.ready()) continue
    one.step()
    any = true
  }
  return any
}
