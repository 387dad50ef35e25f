/** The mapping workbench: which mappings there are, one tried on real rows, one kept. */
import { isRefusal, plainCopy, readCanonicalText } from '@meridian/protocol'
import { explain } from '../../../catalogue.ts'
import type { CsvMapping } from '../../../standardise/csv-to-fhir/csv-mapping.ts'
import { type AdminRefusal, refuseCall } from '../admin-errors.ts'
import type { AdminRoute } from '../admin-route.ts'
import { exactly } from '../parameter-forms.ts'
import type { KnownMapping, MappingsNeed } from './mapping-needs.ts'

const documentForm = { type: 'string', minLength: 2, maxLength: 1_000_000 }
const sampleForm = { type: 'string', maxLength: 4_000_000, pattern: '^[A-Za-z0-9+/]*={0,2}$' }
const profileForm = { enum: ['r4', 'cn-national', 'cn-national-strict'] }

/** `GET /api/mappings` → `{items: [{id, version, title, own, document}]}`; an institution has few, so there is no `next`. */
export const listMappings: AdminRoute = {
  method: 'GET',
  path: '/api/mappings',
  answer: async (_call, { mappings }) => ({ items: mappings.list().map(mappingDocument) }),
}

/** `POST /api/mappings/preview {document, sample, profile}` → `{problems}` or the preview; `sample` is base64. */
export const previewAMapping: AdminRoute = {
  method: 'POST',
  path: '/api/mappings/preview',
  schema: { body: exactly({ document: documentForm, sample: sampleForm, profile: profileForm }) },
  async answer({ body }, { mappings }) {
    const read = readDocument(String(body.document), mappings)
    if (!('format' in read)) return read
    const sample = new Uint8Array(Buffer.from(String(body.sample), 'base64'))
    const preview = await mappings.preview(read, sample, String(body.profile))
    return { problems: [], ...preview }
  },
}

/** `POST /api/mappings {document}` → 201 once it counts; `{problems}` when it is no mapping. */
export const keepMapping: AdminRoute = {
  method: 'POST',
  path: '/api/mappings',
  schema: { body: exactly({ document: documentForm }) },
  async answer({ body, reply }, { mappings }) {
    const read = readDocument(String(body.document), mappings)
    if (!('format' in read))
      return 'problems' in read ? refuseCall('mapping.wrong', read.problems[0]?.place) : read
    if (mappings.keep(read) === 'taken') return refuseCall('mapping.version-taken')
    reply.code(201)
    return mappingDocument({ mapping: read, isOwn: true })
  },
}

function mappingDocument({ mapping, isOwn }: KnownMapping): object {
  const { id, version, title } = mapping
  return { id, version, title, own: isOwn, document: JSON.stringify(mapping, undefined, 2) }
}

interface Problems {
  readonly problems: readonly { readonly code: string; readonly place: string }[]
}

/** The mapping, or its mistakes in words. */
function readDocument(text: string, mappings: MappingsNeed): CsvMapping | Problems | AdminRefusal {
  const canonical = readCanonicalText(text, { maxBytes: 1_000_000, maxDepth: 64, maxMembers: 50_000 })
  if (isRefusal(canonical)) {
    const { line = 1, column = 1 } = canonical.detail
    return refuseCall('mapping.not-json', `line ${line}, column ${column}`)
  }
  const read = mappings.read(plainCopy(canonical))
  if ('format' in read) return read
  return { problems: read.problems.map(({ code, place }) => ({ code, place, ...explain(code) })) }
}
