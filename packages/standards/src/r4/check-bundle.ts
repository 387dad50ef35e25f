/** What only a Bundle can break: fullUrls, duplicates, and references between its entries (R4 bundle.html#references). */
import { isObject, type JsonObject } from '../fhirpath/navigate.ts'
import { report, type Walk } from '../walk.ts'

/** Bundles whose entries belong together: a `urn:` reference that leads nowhere refuses them. */
const wholes = new Set(['transaction', 'document', 'message'])

const restfulUrl = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/

/** Adds to a walk what its references may lead to inside the Bundle. */
export function withEntries(walk: Walk, bundle: unknown): Walk {
  if (!isObject(bundle) || bundle.resourceType !== 'Bundle') return walk
  const entries = new Map<string, unknown>()
  for (const entry of entriesOf(bundle)) {
    const { fullUrl, resource } = entry
    if (typeof fullUrl !== 'string' || !isObject(resource)) continue
    entries.set(fullUrl, resource)
    const relative = restfulUrl.exec(fullUrl)?.[0].replace(/^\//, '')
    if (relative !== undefined && !entries.has(relative)) entries.set(relative, resource)
  }
  return { ...walk, entries, mustResolve: wholes.has(String(bundle.type)) }
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
  entries.forEach((entry, i) => {
    if (!isObject(entry)) return
    walk.path.push('entry', i)
    const { fullUrl, resource } = entry
    if (typeof fullUrl === 'string' && isObject(resource)) checkFullUrl(fullUrl, resource, walk)
    const target = writtenBy(entry)
    if (target !== undefined && written.has(target)) report(walk, 'bundle.duplicate-resource')
    if (target !== undefined) written.add(target)
    walk.path.length -= 2
  })
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
