/** Where in the console one is, as a value, and as the part of the address after `#`. */
import type { Role } from '../api/documents.ts'

/** The pages in the navigation. */
export type PageName =
  | 'corridor'
  | 'records'
  | 'quarantine'
  | 'mappings'
  | 'terminology'
  | 'maps'
  | 'grouper'
  | 'quality'
  | 'standards'
  | 'ledger'
  | 'members'
  | 'votes'
  | 'validators'
  | 'users'

/** A page, what follows it in the path, and its filters. */
export interface Route {
  readonly page: PageName
  readonly rest: readonly string[]
  readonly query: Readonly<Record<string, string>>
}

const seenBy: Readonly<Record<PageName, readonly Role[]>> = {
  corridor: ['administrator', 'clerk', 'researcher', 'auditor'],
  records: ['administrator', 'clerk', 'researcher'],
  quarantine: ['administrator', 'clerk', 'auditor'],
  mappings: ['administrator', 'clerk'],
  terminology: ['administrator', 'clerk', 'researcher', 'auditor'],
  maps: ['administrator', 'clerk', 'researcher', 'auditor'],
  grouper: ['administrator', 'clerk'],
  quality: ['administrator', 'clerk', 'researcher', 'auditor'],
  standards: ['administrator', 'clerk', 'researcher', 'auditor'],
  ledger: ['administrator', 'clerk', 'researcher', 'auditor'],
  members: ['administrator', 'clerk', 'researcher', 'auditor'],
  votes: ['administrator', 'auditor'],
  validators: ['administrator', 'auditor'],
  users: ['administrator'],
}

/** The pages a role has, in the order of the navigation. The door decides again on every call. */
export function pagesOf(role: Role): PageName[] {
  return (Object.keys(seenBy) as PageName[]).filter((page) => seenBy[page].includes(role))
}

/** Reads `#/records/Observation/abc?state=final`; anything unknown is the corridor. */
export function readRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const [page, ...rest] = path
    .split('/')
    .filter((part) => part !== '')
    .map(decode)
  if (page === undefined || !Object.hasOwn(seenBy, page)) return { page: 'corridor', rest: [], query: {} }
  return { page: page as PageName, rest, query: Object.fromEntries(new URLSearchParams(search)) }
}

/** The address of a route. Empty filters are left out. */
export function routeTo(
  page: PageName,
  rest: readonly (string | number)[] = [],
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  const path = [page, ...rest.map((part) => encodeURIComponent(part))].join('/')
  const search = Object.entries(query).flatMap(([key, value]) => (value ? [[key, value]] : []))
  return `#/${path}${search.length === 0 ? '' : `?${new URLSearchParams(search)}`}`
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
