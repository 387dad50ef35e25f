/** Fetches a package by its hash from other members' ledger doors; a member may lie, so every byte is checked by the hash. */
import type { LedgerClient } from '@meridian/client'
import { type Suite, toHex } from '@meridian/protocol'
import { areFindings, contentHashOf, isListedFile, readManifest } from '@meridian/standards'

/** What was got: the files with `manifest.json`; `licensed` when members may not hand its files on; undefined when nobody has it. */
export type Fetched = ReadonlyMap<string, Uint8Array> | 'licensed' | undefined

type Asked = Pick<LedgerClient, 'artefactFile'>

/** Asks the members in turn, each for the whole package. */
export async function fetchArtefact(
  members: readonly Asked[],
  suite: Pick<Suite, 'sha256'>,
  hash: string,
): Promise<Fetched> {
  let best: Fetched
  for (const member of members) {
    const fetched = await fetchFrom(member, suite, hash).catch(() => undefined)
    if (fetched instanceof Map) return fetched
    best = fetched ?? best
  }
  return best
}

async function fetchFrom(member: Asked, suite: Pick<Suite, 'sha256'>, hash: string): Promise<Fetched> {
  const bytes = await member.artefactFile(hash, 'manifest.json')
  const manifest = bytes === undefined ? undefined : readManifest(bytes)
  if (bytes === undefined || manifest === undefined || areFindings(manifest)) return undefined
  if (toHex(contentHashOf(suite, manifest)) !== hash) return undefined
  if (!manifest.licence.shared) return 'licensed'
  const files = new Map([['manifest.json', bytes]])
  for (const file of manifest.files) {
    const content = await member.artefactFile(hash, file.name)
    if (content === undefined || !isListedFile(suite, file, content)) return undefined
    files.set(file.name, content)
  }
  return files
}
