/** The manifest in which every node of four is killed at the same random moment under load, so many rounds. */
import { core, type Manifest, type Step } from './manifest.ts'

const EVERYBODY = [0, 1, 2, 3]

/** `rounds` kills, each after another number of final statements. */
export function allKilled(rounds: number): Manifest {
  const round = (): readonly Step[] => [
    { acknowledged: 1 + Math.floor(Math.random() * 120) },
    { kill: EVERYBODY },
    { start: EVERYBODY },
  ]
  return {
    name: `four core: all killed at a random moment under load, ${rounds} rounds, lose nothing that was final and apply nothing twice`,
    ...core(4),
    steps: [{ load: EVERYBODY }, ...Array.from({ length: rounds }, round).flat()],
  }
}
