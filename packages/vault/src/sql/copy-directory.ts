/** Copies the directory of a database that stands still. */
import { cp } from 'node:fs/promises'
import { VaultFailure } from './vault-failure.ts'

/** What a running database leaves beside its data: of no use to a copy. */
const leftOut = ['postmaster.pid', 'postmaster.opts']

/** Copies everything of `directory` into `target`, which must not exist. Throws {@link VaultFailure} `failed`. */
export async function copyDirectory(directory: string, target: string): Promise<void> {
  try {
    await cp(directory, target, {
      recursive: true,
      errorOnExist: true,
      force: false,
      filter: (path) => !leftOut.some((name) => path.endsWith(`/${name}`)),
    })
  } catch (cause) {
    throw new VaultFailure('failed', 'The database could not be copied', { cause })
  }
}
