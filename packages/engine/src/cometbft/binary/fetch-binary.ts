/** Builds the CometBFT program with Go when it is not there: about 90 seconds, once. */
import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { promisify } from 'node:util'
import { EngineFailure } from '../../engine-failure.ts'
import { findCometBinary } from './find-binary.ts'

/** The version that is fetched; the printed one is 0.39.0. */
export const COMET_MODULE = 'github.com/cometbft/cometbft/cmd/cometbft@v0.40.0'

/** How to fetch. */
export interface FetchOptions {
  /** Where the program is put. */
  readonly toolsFolder: string
  /** What Go is to see of the environment: at least PATH and HOME. */
  readonly environment: Readonly<Record<string, string | undefined>>
}

const run = promisify(execFile)

/** The path of the program that was built. Throws engine.cometbft-missing where there is no Go or the build fails. */
export async function fetchCometBinary({ toolsFolder, environment }: FetchOptions): Promise<string> {
  try {
    mkdirSync(toolsFolder, { recursive: true })
    await run('go', ['install', COMET_MODULE], { env: { ...environment, GOBIN: toolsFolder } })
  } catch (error) {
    throw new EngineFailure('engine.cometbft-missing', {}, error)
  }
  const binary = findCometBinary({ toolsFolder })
  if (binary === undefined) throw new EngineFailure('engine.cometbft-missing')
  return binary
}
