/** The kind `capability-statement`: `capability.json` says what an organisation speaks. Answers `{path, system}` with whether it is accepted. */
import type { ArtefactReader } from '../artefacts/artefact-reader.ts'
import { readArtefactJson } from '../artefacts/read-manifest.ts'
import type { Finding } from '../finding.ts'
import { findingOf } from '../findings-catalogue.ts'
import { type Capability, isCapability, readCapability } from './speaks.ts'

/** The file that marks this form. */
export const CAPABILITY_FILE = 'capability.json'

/** Reads and asks a capability. */
export const capabilityReader: ArtefactReader<Capability> = {
  kind: 'capability-statement',
  file: CAPABILITY_FILE,
  read: readCapabilityFile,
  answer({ codes, formats }, input) {
    const { path, system, format } = (input ?? {}) as { path?: unknown; system?: unknown; format?: unknown }
    if (format !== undefined) return { accepted: formats.some((one) => one === format) }
    const element = codes.find((one) => one.path === path)
    return { accepted: element === undefined || element.systems.some((one) => one === system) }
  },
}

/** The capability in the files of a package, or what is wrong with it. */
export function readCapabilityFile(files: ReadonlyMap<string, Uint8Array>): Capability | Finding[] {
  const bytes = files.get(CAPABILITY_FILE)
  if (bytes === undefined)
    return [findingOf('artefact.file-missing', CAPABILITY_FILE, { element: CAPABILITY_FILE })]
  const json = readArtefactJson(CAPABILITY_FILE, bytes)
  if ('findings' in json) return json.findings
  const read = readCapability(json.json)
  if (isCapability(read)) return read
  return read.problems.slice(0, 20).map(({ place, expected }) =>
    findingOf('artefact.content', `${CAPABILITY_FILE}${place}`, {
      element: place === '' ? CAPABILITY_FILE : place,
      form: { zh: `应为 ${expected}`, en: `it must be ${expected}` },
    }),
  )
}
