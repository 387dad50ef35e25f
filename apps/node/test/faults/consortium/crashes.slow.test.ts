/** Everybody killed at once, again and again: long. */
import { allKilled } from './all-killed.ts'
import { testManifests } from './run-manifest.ts'

testManifests([allKilled(30)], 1_800_000)
