/** Larger and longer: seven core members, validators with new keys under load, a node that comes late under load. */
import { core, type Manifest } from './manifest.ts'
import { testManifests } from './run-manifest.ts'

const four = core(4)

const manifests: readonly Manifest[] = [
  {
    name: 'seven core, two of them silent: five go on, and with three silent nobody does',
    ...core(7),
    steps: [
      { goesOn: [0, 1, 2, 3, 4, 5, 6] },
      { kill: [5, 6] },
      { load: [0, 1, 2, 3, 4] },
      { acknowledged: 200 },
      { loadEnds: true },
      { kill: [4] },
      { stands: [0, 1, 2, 3] },
      { start: [4, 5, 6] },
      { catchesUp: [4, 5, 6] },
    ],
  },
  {
    name: 'every validator goes on with a new key, one after another, under load',
    ...core(4),
    steps: [
      { load: [0, 1, 2, 3] },
      ...[0, 1, 2, 3].flatMap((member) => [{ rotates: member }, { acknowledged: 60 }]),
      { loadEnds: true },
      { kill: [0] },
      { goesOn: [1, 2, 3] },
      { start: [0] },
    ],
  },
  {
    name: 'an ordinary member comes late, takes a snapshot under load, and goes on with the others',
    members: [...four.members, 'ordinary'],
    nodes: [...four.nodes, { member: 4, startsLater: true, takesSnapshot: true }],
    // Two are kept: under load the older one must live long enough to be fetched.
    snapshotInterval: 60,
    steps: [
      { load: [0, 1, 2, 3] },
      { reaches: 65n },
      { start: [4] },
      { catchesUp: [4] },
      { goesOn: [4] },
      { loadEnds: true },
    ],
  },
]

testManifests(manifests, 400_000)
