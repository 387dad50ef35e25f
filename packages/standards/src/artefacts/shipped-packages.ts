/** The packages that ship with the program, opened and checked against their manifests. */
import type { Suite } from '@meridian/protocol'
import { shippedArtefactIds, shippedFolder } from '../data-files.ts'
import type { ArtefactPackage } from './artefact-package.ts'
import { areFindings } from './manifest-fields.ts'
import { readPackageFolder } from './read-folder.ts'

/** Every shipped package, in the order of ids. Throws when one is not what its manifest says: the installation is broken. */
export function readShippedPackages(suite: Pick<Suite, 'sha256'>): readonly ArtefactPackage[] {
  return shippedArtefactIds().map((id) => {
    const opened = readPackageFolder(suite, shippedFolder(id))
    if (areFindings(opened))
      throw new Error(`${id}: ${opened.map(({ code, path }) => `${code} ${path}`).join(', ')}`)
    return opened
  })
}
