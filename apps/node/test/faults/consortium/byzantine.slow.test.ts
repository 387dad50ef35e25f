/** Members that lie, where it takes long: blocks that are too large, and floods. */
import { coreWith, type Manifest, TAMPERED } from './manifest.ts'
import { testManifests } from './run-manifest.ts'

const manifests: readonly Manifest[] = [
  {
    name: 'a proposer that puts in more than a block may hold: the others go on',
    ...coreWith(4, { 3: { tampering: 'proposes-too-much' } }),
    steps: [
      { load: [0, 1, 2] },
      { says: 3, text: TAMPERED, times: 2 },
      { acknowledged: 20 },
      { loadEnds: true },
      { goesOn: [0, 1, 2] },
    ],
    except: [3],
  },
]

testManifests(manifests, 300_000)
