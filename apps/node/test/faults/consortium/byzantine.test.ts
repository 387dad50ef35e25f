/** Members that lie: a key run twice, other rules, bad proposals. The honest ones go on and say what happened. */
import { coreWith, TAMPERED } from './manifest.ts'
import { testManifests } from './run-manifest.ts'

testManifests([
  {
    name: "one validator's key run twice: the evidence reaches the ledger, membership records it, its power is gone",
    ...coreWith(4, {}, [{ member: 3, startsLater: true }]),
    steps: [
      { goesOn: [0, 1, 2, 3] },
      { start: [4] },
      { load: [0, 1, 2] },
      { doubleSigned: 3, seenBy: [0, 1, 2] },
      { loadEnds: true },
      { kill: [4] },
    ],
    except: [4],
  },
  {
    name: 'a node whose application computes another app hash stops and names the module; the others go on',
    ...coreWith(4, { 3: { diverges: true } }),
    steps: [
      { goesOn: [0] },
      { load: [0, 1, 2] },
      { halts: 3, code: 'engine.state-diverged', module: 'evidence' },
      { loadEnds: true },
      { goesOn: [0, 1, 2] },
    ],
    except: [3],
  },
  {
    name: 'a proposer that puts in garbage: its blocks are refused by everybody, the others go on',
    ...coreWith(4, { 3: { tampering: 'proposes-garbage' } }),
    steps: [
      { load: [0, 1, 2] },
      { says: 3, text: TAMPERED, times: 2 },
      { acknowledged: 20 },
      { loadEnds: true },
      { goesOn: [0, 1, 2] },
    ],
    except: [3],
  },
])
