/** How many of one's own records a change of a standard touches: counted in the vault, never sent anywhere. */
import { plainCopy } from '@meridian/protocol'
import type { ElementChange } from '@meridian/standards'
import { accessAll, type Vault } from '@meridian/vault'

/** A change with its count; `touched` is absent where the kind does not say where in a record the element stands. */
export type CountedChange = ElementChange & { readonly touched?: number }

/** The changes, how many of the newest records were looked at, and whether these were all. */
export interface TouchedCount {
  readonly changes: readonly CountedChange[]
  readonly looked: number
  readonly isWhole: boolean
}

/** More would hold the vault up for long; the newest tell what is used now. */
const MOST_RECORDS = 5_000
const PAGE = 200

/** Looks at the newest heads, each once, for all changes together. */
export async function countTouched(
  { vault }: { readonly vault: { readonly records: Pick<Vault['records'], 'list' | 'readMany'> } },
  changes: readonly ElementChange[],
): Promise<TouchedCount> {
  const touches = changes.map(touchOf)
  const counts = touches.map(() => 0)
  let looked = 0
  let cursor: string | undefined
  if (touches.every((touch) => touch === undefined)) return { changes, looked: 0, isWhole: true }
  do {
    const page = await vault.records.list(
      { count: PAGE, ...(cursor === undefined ? {} : { cursor }) },
      accessAll,
    )
    for (const { opened } of await vault.records.readMany(page?.items ?? [], accessAll)) {
      if (opened === null) continue
      looked += 1
      const { resource } = plainCopy(opened.content) as { resource: unknown }
      touches.forEach((touch, i) => {
        if (touch?.(resource) === true) counts[i] = (counts[i] ?? 0) + 1
      })
    }
    cursor = page?.next
  } while (cursor !== undefined && looked < MOST_RECORDS)
  const counted = changes.map((change, i) =>
    touches[i] === undefined ? change : { ...change, touched: counts[i] ?? 0 },
  )
  return { changes: counted, looked, isWhole: cursor === undefined }
}

/** Whether a record holds the element: by its FHIR path, or by a coding of the system and code. */
function touchOf({ fhirPath, system, element }: ElementChange): ((resource: unknown) => boolean) | undefined {
  if (fhirPath !== undefined) return (resource) => hasPath(resource, fhirPath)
  if (system !== undefined && element !== undefined) return (resource) => hasCoding(resource, system, element)
  return undefined
}

type Members = Readonly<Record<string, unknown>> & { readonly system?: unknown; readonly code?: unknown }

function hasPath(resource: unknown, path: string): boolean {
  const [type, ...steps] = path.split('.')
  if ((resource as { resourceType?: unknown } | null)?.resourceType !== type) return false
  let here: unknown[] = [resource]
  for (const step of steps) {
    const name = step.replace(/\[x\]$/, '')
    const fits = (key: string) => (name === step ? key === name : new RegExp(`^${name}[A-Z]`).test(key))
    here = here.flatMap((value) =>
      typeof value === 'object' && value !== null
        ? Object.entries(value as Members).flatMap(([key, member]) => (fits(key) ? [member].flat() : []))
        : [],
    )
  }
  return here.length > 0
}

function hasCoding(value: unknown, system: string, code: string): boolean {
  if (typeof value !== 'object' || value === null) return false
  const members = value as Members
  if (members.system === system && members.code === code) return true
  return Object.values(members).some((member) => hasCoding(member, system, code))
}
