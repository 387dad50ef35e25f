/** What only a Bundle can break: fullUrls, duplicates, and references between its entries (R4 bundle.html#references). */
import { isObject, type JsonObject } from '../fhirpath/navigate.ts'
import { report, type Walk } from '../walk.ts'

/** Bundles whose entries belong together: a `urn:` reference that leads nowhere refuses them. */
const wholes = new Set(['transaction', 'document', 'message'])

const restfulUrl = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/

/** What references may lead to inside a Bundle, and whether they must. */
export function entriesIn(bundle: JsonObject): Pick<Walk, 'entries' | 'mustResolve'> {
  const entries = new Map<string, unknown>()
  for (const entry of entriesOf(bundle)) {
    const { fullUrl, resource } = entry
    if (typeof fullUrl !== 'string' || !isObject(resource)) continue
    entries.set(fullUrl, resource)
    const relative = restfulUrl.exec(fullUrl)?.[0].replace(/^\//, '')
    if (relative !== undefined && !entries.has(relative)) entries.set(relative, resource)
  }
  return { entries, mustResolve: wholes.has(String(bundle.type)) }
}

function entriesOf(bundle: JsonObject): JsonObject[] {
  const entries = bundle.entry
  return Array.isArray(entries) ? entries.filter(isObject) : []
}

/** Reports duplicates and fullUrls that contradict their resource; the walk stands at the Bundle. */
export function checkEntries(bundle: JsonObject, walk: Walk): void {
  const entries = bundle.entry
  if (!Array.isArray(entries)) return
  const written = new Set<string>()
  const addressed = new Set<string>()
  const named = new Set<string>()
  entries.forEach((entry, i) => {
    if (!isObject(entry)) return
    walk.path.push('entry', i)
    const { fullUrl, resource } = entry
    if (typeof fullUrl === 'string' && isObject(resource)) checkFullUrl(fullUrl, resource, walk)
    if (repeats(addressOf(entry, bundle), addressed)) report(walk, 'bundle.duplicate-full-url', {}, 'fullUrl')
    const isTwin = repeats(nameOf(entry, bundle), named)
    if (repeats(writtenBy(entry), written)) report(walk, 'bundle.duplicate-resource')
    else if (isTwin) report(walk, 'bundle.duplicate-id', {}, 'resource')
    walk.path.length -= 2
  })
}

/** Whether a name was there before; remembers it. */
function repeats(name: string | undefined, seen: Set<string>): boolean {
  if (name === undefined) return false
  const isThere = seen.has(name)
  seen.add(name)
  return isThere
}

/** bdl-7: the same fullUrl twice is allowed only in a history, or with different versions. */
function addressOf(entry: JsonObject, bundle: JsonObject): string | undefined {
  if (typeof entry.fullUrl !== 'string' || bundle.type === 'history') return undefined
  const meta = isObject(entry.resource) ? entry.resource.meta : undefined
  return `${entry.fullUrl} ${isObject(meta) ? String(meta.versionId ?? '') : ''}`
}

/** Type and id of an entry that no absolute address tells from others; undefined in a history, where versions follow each other. */
function nameOf({ fullUrl, resource }: JsonObject, bundle: JsonObject): string | undefined {
  if (bundle.type === 'history' || !isObject(resource) || typeof resource.id !== 'string') return undefined
  if (typeof fullUrl === 'string' && /^https?:/.test(fullUrl)) return undefined
  const version = isObject(resource.meta) ? String(resource.meta.versionId ?? '') : ''
  return `${String(resource.resourceType)}/${resource.id} ${version}`
}

function checkFullUrl(fullUrl: string, resource: JsonObject, walk: Walk): void {
  const [, type, id] = /^https?:/.test(fullUrl) ? (restfulUrl.exec(fullUrl) ?? []) : []
  if (type === undefined || resource.id === undefined) return
  if (type !== resource.resourceType || id !== resource.id) report(walk, 'bundle.full-url-id', {}, 'fullUrl')
}

/** The resource an entry writes, as `Type/id`; undefined for reads, creations and conditional requests. */
function writtenBy(entry: JsonObject): string | undefined {
  const request = entry.request
  if (!isObject(request) || typeof request.url !== 'string') return undefined
  const writes = request.method === 'PUT' || request.method === 'PATCH' || request.method === 'DELETE'
  return writes && !request.url.includes('?') ? request.url : undefined
}
