/** What the wires between nodes do, where it takes long: half a second of delay in each direction. */
import { core } from './manifest.ts'
import { testManifests } from './run-manifest.ts'

testManifests(
  [
    {
      name: 'half a second of delay on every wire: slow, and final all the same',
      ...core(4),
      steps: [
        { goesOn: [0, 1, 2, 3] },
        { wires: 500 },
        { goesOn: [0, 1, 2, 3] },
        { load: [0, 1, 2, 3] },
        { acknowledged: 16 },
        { loadEnds: true },
        { wires: 'open' },
        { goesOn: [0, 1, 2, 3] },
        { goesOn: [0, 1, 2, 3], withinMs: 20_000 },
      ],
    },
  ],
  400_000,
)
