/** A member that floods: the statements of the others stay final in seconds. */
import { core, coreWith } from './manifest.ts'
import { testManifests } from './run-manifest.ts'

/** Two or three where the machine has nothing else to do; it may also be running other tests. */
const SECONDS_MS = 15_000

testManifests([
  {
    name: 'a member that floods valid statements is told to wait; those of the others are final within seconds',
    ...core(4),
    steps: [
      { goesOn: [0, 1, 2, 3] },
      { flood: 3, count: 12_000 },
      { goesOn: [0, 1, 2], withinMs: SECONDS_MS },
      { goesOn: [0, 1, 2], withinMs: SECONDS_MS },
      { loadEnds: true },
    ],
  },
  {
    name: 'a member whose application lets everything in floods bytes that are no statement; the others do not feel it',
    ...coreWith(4, { 3: { tampering: 'lets-everything-in' } }),
    steps: [
      { goesOn: [0, 1, 2, 3] },
      { garbage: 3, count: 4_000 },
      { goesOn: [0, 1, 2], withinMs: SECONDS_MS },
      { garbage: 3, count: 4_000 },
      { goesOn: [0, 1, 2], withinMs: SECONDS_MS },
    ],
  },
])
