/** `bench validate`: full validation of one resource and of a Bundle, and the corridor with and without the rules over several records. */
import { createValidator, type ProfileName } from '@meridian/standards'
import { type Figure, figure, peakMemoryMb, perSecond } from './figure.ts'
import { loadFile, numberedBundle, peopleCount, recordsPerItem, singleObservation } from './loads.ts'
import { type BenchPlace, openThrowawayNode } from './throwaway-home.ts'
import { timedIntake } from './timed-intake.ts'

/** What the rules may cost the corridor at most. */
const leastShare = 0.8

/** `records` is about how many each run of the corridor takes in. Effects: those of an intake, in a throw-away home. */
export async function validateBench(place: BenchPlace, records: number): Promise<Figure[]> {
  const figures = (['r4', 'cn-national', 'cn-outpatient'] as const).flatMap(ratesOf)
  const plain = await corridorRate(place, records, 'cn-national')
  const ruled = await corridorRate(place, records, 'cn-outpatient')
  return [
    ...figures,
    figure('corridor by cn-national', plain, 'records/s'),
    figure('corridor by cn-outpatient (data elements and rules)', ruled, 'records/s'),
    figure('share of the rate with the rules', ruled / plain, 'ratio', leastShare),
    figure('peak memory', peakMemoryMb(), 'MB', 1500),
  ]
}

/** A patient, an observation, and a Bundle of a hundred entries of both. */
function ratesOf(profile: ProfileName): Figure[] {
  const validator = createValidator()
  const observations = Array.from({ length: 99 }, (_, n) => singleObservation(n))
  const [patient] = (numberedBundle(1) as { entry: { resource: object }[] }).entry.map((e) => e.resource)
  const entry = [patient, ...observations].map((resource) => ({ resource }))
  const bundle = { resourceType: 'Bundle', type: 'collection', entry }
  const rate = (resources: readonly unknown[], seconds = 1) => {
    let done = 0
    for (const resource of resources) validator.checkResource(resource, profile)
    const started = performance.now()
    while (performance.now() - started < seconds * 1000) {
      for (const resource of resources) validator.checkResource(resource, profile)
      done += resources.length
    }
    return perSecond(done, performance.now() - started)
  }
  return [
    figure(`Observation, ${profile}`, rate(observations), 'times/s'),
    figure(`Patient, ${profile}`, rate([patient]), 'times/s'),
    figure(`Bundle of 100 entries, ${profile}`, rate([bundle]), 'times/s'),
  ]
}

async function corridorRate(place: BenchPlace, records: number, profile: ProfileName): Promise<number> {
  const opened = await openThrowawayNode(place, profile)
  try {
    await timedIntake(opened, loadFile('oru', 0, peopleCount), 'oru')
    const items = Math.max(1, Math.round(records / recordsPerItem.oru))
    const { records: made, ms } = await timedIntake(opened, loadFile('oru', peopleCount, items), 'oru')
    place.log(`${profile}: ${made} records in ${Math.round(ms)} ms`)
    return perSecond(made, ms)
  } finally {
    await opened.close()
  }
}
