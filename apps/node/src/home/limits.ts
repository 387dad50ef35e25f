/** `limits` in meridian.json: what may be set for each door, and the check that it is numbers of the right kind. */
import {
  type DoorLimits,
  defaultDoorLimits,
  defaultFhirDoorLimits,
  defaultMllpLimits,
  type FhirDoorLimits,
  type MllpLimits,
  type Rate,
} from '@meridian/gateway'

/** What is not named keeps the door's own bound. Rates count for each caller. */
export interface ConfiguredLimits {
  /** Connections to the HTTP doors together. */
  readonly maxConnections?: number
  readonly admin?: Partial<DoorLimits>
  readonly fhir?: Partial<FhirDoorLimits>
  readonly ledger?: Partial<Rate>
  readonly control?: Partial<Rate>
  readonly mllp?: Partial<MllpLimits>
}

const rateKeys = ['requestsPerSecond', 'burst']

const known: Readonly<Record<string, readonly string[]>> = {
  admin: Object.keys(defaultDoorLimits),
  fhir: Object.keys(defaultFhirDoorLimits),
  ledger: rateKeys,
  control: rateKeys,
  mllp: Object.keys(defaultMllpLimits),
  'fhir.strangers': rateKeys,
}

/** The keys of `limits` that nobody knows or whose value is no positive number, as `limits.admin.burst`. */
export function wrongLimits(limits: unknown): readonly string[] {
  if (typeof limits !== 'object' || limits === null) return ['limits']
  return Object.entries(limits).flatMap(([door, bounds]) => {
    if (door === 'maxConnections') return isBound(bounds) ? [] : ['limits.maxConnections']
    return known[door] === undefined ? [`limits.${door}`] : wrongBounds(door, bounds)
  })
}

function wrongBounds(door: string, bounds: unknown): readonly string[] {
  if (typeof bounds !== 'object' || bounds === null) return [`limits.${door}`]
  return Object.entries(bounds).flatMap(([key, bound]) => {
    const inner = known[`${door}.${key}`]
    if (inner !== undefined) return wrongBounds(`${door}.${key}`, bound)
    return known[door]?.includes(key) && isBound(bound) ? [] : [`limits.${door}.${key}`]
  })
}

function isBound(bound: unknown): boolean {
  return typeof bound === 'number' && Number.isFinite(bound) && bound > 0
}
