/** Writes the list of files into the manifests of the shipped packages: `npm run pack -w @meridian/standards`. */
import { nodeSuite } from '@meridian/protocol/node'
import { shippedArtefactIds, shippedFolder } from '../data-files.ts'
import { areFindings } from './manifest-fields.ts'
import { packFolder } from './read-folder.ts'

for (const id of shippedArtefactIds()) {
  const packed = packFolder(nodeSuite, shippedFolder(id))
  if (!areFindings(packed)) continue
  process.exitCode = 1
  for (const { path, message } of packed) process.stderr.write(`${id} ${path}: ${message.en}\n`)
}
