/** Finds the CometBFT program on this machine, and asks it for its version before anything relies on it. Design §6. */
import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { EngineFailure } from '../../engine-failure.ts'

/** Where to look, in this order. */
export interface BinaryPlaces {
  /** The directories of PATH, as the environment has them. */
  readonly searchPath?: string | undefined
  /** The folder `.tools` of an installation. */
  readonly toolsFolder?: string | undefined
}

const NAME = process.platform === 'win32' ? 'cometbft.exe' : 'cometbft'

/** The path of the program, or undefined when there is none. */
export function findCometBinary(places: BinaryPlaces): string | undefined {
  const folders = [...(places.searchPath ?? '').split(delimiter), places.toolsFolder ?? '']
  return folders
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, NAME))
    .find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const run = promisify(execFile)

/** The version that the program prints. Throws engine.cometbft-missing and engine.cometbft-version. */
export async function checkCometVersion(binary: string): Promise<string> {
  const version = await printedVersion(binary)
  if (!isSupportedVersion(version)) throw new EngineFailure('engine.cometbft-version', { version })
  return version
}

async function printedVersion(binary: string): Promise<string> {
  try {
    const { stdout } = await run(binary, ['version'], { timeout: 20_000 })
    return stdout.trim().slice(0, 40)
  } catch (error) {
    throw new EngineFailure('engine.cometbft-missing', {}, error)
  }
}

/** v0.38.25 and later up to v0.40; v0.40.0 prints 0.39.0. The lines v1 and v2 are dead. */
export function isSupportedVersion(version: string): boolean {
  const parts = /^v?0\.(\d+)\.(\d+)/.exec(version)
  if (parts === null) return false
  const [minor, patch] = [Number(parts[1]), Number(parts[2])]
  return minor === 38 ? patch >= 25 : minor === 39 || minor === 40
}
