/** GET /ledger/v1/artefacts/:hash/:file: a file of a package by its content hash; of a licensed one the manifest alone. */
import { utf8 } from '@meridian/protocol'
import { manifestText } from '@meridian/standards'
import { type LedgerRoute, PATTERN, type RouteAnswer } from '../ledger-route.ts'

/** The route: anyone may have what its licence lets members hand on. */
export const readArtefact: LedgerRoute = {
  method: 'GET',
  audience: 'anyone',
  url: '/ledger/v1/artefacts/:hash/:file',
  params: { hash: PATTERN.hash, file: '^[a-z0-9][a-z0-9._-]{0,63}$' },
  query: {},
  async answer({ artefacts }, { params: { hash = '', file = '' } }): Promise<RouteAnswer> {
    const held = artefacts?.held(hash)
    if (held === undefined) return missing
    const { manifest, files } = held
    if (file === 'manifest.json') return { status: 200, body: utf8(manifestText(manifest)) }
    const bytes = manifest.licence.shared ? files.get(file) : undefined
    const type = manifest.files.find(({ name }) => name === file)?.mediaType
    return bytes === undefined || type === undefined ? missing : { status: 200, body: bytes, type }
  },
}

const missing: RouteAnswer = {
  status: 404,
  body: JSON.stringify({
    code: 'artefact.unknown',
    message: {
      zh: '这里没有该标准，或其许可不允许转交文件。',
      en: 'It is not here, or its licence does not let its files be handed on.',
    },
  }),
}
