/** Nodes of a consortium that are killed: one, two, all, in whole and in part. */
import { allKilled } from './all-killed.ts'
import { core } from './manifest.ts'
import { testManifests } from './run-manifest.ts'

testManifests([
  {
    name: 'four core: with one killed it goes on, with two it stops, and it resumes when one returns',
    ...core(4),
    steps: [
      { goesOn: [0, 1, 2, 3] },
      { kill: [3] },
      { goesOn: [0, 1, 2] },
      { kill: [2] },
      { stands: [0, 1] },
      { start: [2] },
      { goesOn: [0, 1, 2] },
      { start: [3] },
      { catchesUp: [3] },
    ],
  },
  {
    name: 'only the application killed, and only CometBFT killed, under load: both are back by themselves or at the next start',
    ...core(4),
    steps: [
      { load: [0, 1, 2, 3] },
      { acknowledged: 40 },
      { kill: [3], part: 'application' },
      { acknowledged: 40 },
      { start: [3] },
      { catchesUp: [3] },
      { kill: [2], part: 'cometbft' },
      { acknowledged: 40 },
      { loadEnds: true },
      { goesOn: [0, 1, 2, 3] },
    ],
  },
  allKilled(2),
])
