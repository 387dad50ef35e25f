/** Who may call what: one table for the whole admin door. A route that is not in it cannot be registered. */
import { accessAll, accessNone, type Role } from '@meridian/vault'

const everyone: readonly Role[] = ['administrator', 'clerk', 'researcher', 'auditor']
const readers: readonly Role[] = ['administrator', 'clerk', 'researcher']
const keepers: readonly Role[] = ['administrator', 'clerk']

const overseers: readonly Role[] = ['administrator', 'auditor']

/** `'anyone'` needs no session. */
const table: Readonly<Record<string, readonly Role[] | 'anyone'>> = {
  'POST /api/session': 'anyone',
  'GET /api/session': everyone,
  'DELETE /api/session': everyone,
  'GET /api/corridor': everyone,
  'GET /api/corridor/events': everyone,
  'GET /api/records': readers,
  'GET /api/records/:type/:id': readers,
  'GET /api/records/:type/:id/:version/judgement': readers,
  // A receipt holds no content, so whoever audits may take it.
  'GET /api/records/:type/:id/:version/receipt': everyone,
  // The export holds the secret: it opens the commitment for whoever has it.
  'GET /api/records/:type/:id/:version/export': keepers,
  'GET /api/trust': everyone,
  'GET /api/quarantine/groups': ['administrator', 'clerk', 'auditor'],
  'GET /api/quarantine/like': ['administrator', 'clerk', 'auditor'],
  'GET /api/quarantine/like/:group/values': keepers,
  'POST /api/quarantine/like/:group/mend': keepers,
  'GET /api/quarantine': keepers,
  'GET /api/quarantine/:id': keepers,
  'POST /api/quarantine/retry': keepers,
  'POST /api/quarantine/:id/mend': keepers,
  'POST /api/quarantine/:id/retry': keepers,
  'POST /api/quarantine/:id/dismiss': keepers,
  'GET /api/mappings': keepers,
  // A sample may hold real rows: whoever may mend a delivery may try a mapping on one.
  'POST /api/mappings/preview': keepers,
  'POST /api/mappings': ['administrator'],
  'GET /api/maps': everyone,
  'POST /api/maps/translate': everyone,
  'GET /api/terminology': everyone,
  'GET /api/terminology/search': everyone,
  'GET /api/terminology/concept': everyone,
  'POST /api/terminology/suggest': everyone,
  'GET /api/groupers': everyone,
  // An encounter is read for it.
  'POST /api/groupers/group': keepers,
  'GET /api/standards': everyone,
  'GET /api/standards/packages/:hash': everyone,
  // Counts of the own records are in it.
  'GET /api/standards/packages/:hash/changes/:other': everyone,
  'GET /api/standards/conflicts': everyone,
  'GET /api/quality/runs': everyone,
  'POST /api/quality/runs': keepers,
  'GET /api/quality/runs/:run': everyone,
  'GET /api/quality/runs/:run/csv': everyone,
  // Records by name: whoever may not read records is answered none, by the rule in the SQL.
  'GET /api/quality/runs/:run/failures': readers,
  'GET /api/quality/trend': everyone,
  'POST /api/quality/thresholds': ['administrator'],
  'GET /api/ledger/status': everyone,
  'GET /api/ledger/blocks': everyone,
  'GET /api/ledger/blocks/:height': everyone,
  'GET /api/members': everyone,
  // It proves what the list shows, and holds nothing else.
  'GET /api/members/:organisation/certificate': everyone,
  'GET /api/proposals': overseers,
  'GET /api/parameters': overseers,
  // Whoever votes or proposes speaks for the organisation.
  'POST /api/proposals': ['administrator'],
  'POST /api/proposals/:proposal/vote': ['administrator'],
  'GET /api/validators': overseers,
  'GET /api/alarms': everyone,
  'GET /api/users': ['administrator'],
  'POST /api/users': ['administrator'],
  'PATCH /api/users/:name': ['administrator'],
}

/** Who may call this route. @throws Error for a route without a row: that is a bug, found when the door opens. */
export function whoMay(method: string, path: string): readonly Role[] | 'anyone' {
  const row = table[`${method} ${path}`]
  if (row === undefined) throw new Error(`no access rule for ${method} ${path}`)
  return row
}

/** The access rule that a role's reads compile into their SQL. */
export function recordsFor(role: Role): typeof accessAll {
  return readers.includes(role) ? accessAll : accessNone
}

/** Every rule, for documents and tests. */
export const accessRules = table
