/** What a machine gives its node: a disk that is full, a clock that is wrong. */
import { coreWith } from './manifest.ts'
import { testManifests } from './run-manifest.ts'

const HOUR_MS = 3_600_000

testManifests([
  {
    name: 'the disk of one node is full: the others go on, and with room it follows again',
    ...coreWith(4, { 3: { diskMegabytes: 128 } }),
    steps: [
      { load: [0, 1, 2] },
      { acknowledged: 40 },
      { disk: 'full', of: 3 },
      { says: 3, text: 'no space left', times: 1 },
      { acknowledged: 40 },
      { disk: 'empty', of: 3 },
      { loadEnds: true },
      { catchesUp: [3] },
    ],
  },
  {
    name: 'the clock of one node is wrong by an hour: it agrees with the others, and block time stays right',
    ...coreWith(4, { 3: { clockOffsetMs: HOUR_MS } }),
    steps: [{ load: [0, 1, 2, 3] }, { acknowledged: 100 }, { signedAheadMs: HOUR_MS }, { loadEnds: true }],
  },
])
