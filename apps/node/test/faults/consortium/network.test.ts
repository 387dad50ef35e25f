/** What the wires between nodes do: partition and healing, a half-open connection, a reset. */
import { core } from './manifest.ts'
import { testManifests } from './run-manifest.ts'

testManifests([
  {
    name: 'two and two cannot reach one another: nobody goes on; three and one: the three do; healed, all are one chain again',
    ...core(4),
    steps: [
      { goesOn: [0, 1, 2, 3] },
      {
        partition: [
          [0, 1],
          [2, 3],
        ],
      },
      { stands: [0, 3] },
      { partition: [[0, 1, 2], [3]] },
      { goesOn: [0, 1, 2] },
      { stands: [3] },
      { wires: 'open' },
      { goesOn: [0, 1, 2, 3] },
    ],
  },
  {
    name: 'a half-open connection: the one behind it is missing to nobody, and returns when its wires carry again',
    ...core(4),
    steps: [
      { load: [0, 1, 2] },
      { acknowledged: 20 },
      { wires: 'stalled', of: [3] },
      { acknowledged: 40 },
      { loadEnds: true },
      { goesOn: [0, 1, 2] },
      { wires: 'open' },
      { catchesUp: [3] },
      { reset: [0] },
      { goesOn: [0, 1, 2, 3] },
    ],
  },
])
