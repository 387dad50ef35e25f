/** `adopt-artefact`: who runs which version from which day on (spec 1 §6.16); the state keys of it are here too. */
import {
  concatBytes,
  fromUtf8,
  type Refusal,
  refuse,
  type Statement,
  utf8,
  type VersionName,
} from '@meridian/protocol'
import type { Context } from '../../context.ts'
import { entriesUnder } from '../../entries-under.ts'
import type { Rule } from '../../module.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import { decodeStored, encodeStored, storedInteger } from '../../stored.ts'
import { checkState } from './life-cycle.ts'
import type { RegistryNeeds } from './needs.ts'
import { REGISTRY } from './state.ts'
import { nameBytes, nameIn } from './versions.ts'

/** From when to when an organisation runs a version. */
export interface Adoption {
  readonly from: string
  /** The first day without it; absent while it goes on. */
  readonly until: string | undefined
  /** Of the newest statement. */
  readonly height: bigint
}

const ADOPTIONS = new Uint8Array([0x07])
const END = new Uint8Array([0x00])

/** 0x07 ‖ organisation ‖ 0x00 ‖ id ‖ 0x00 ‖ version, in UTF-8. */
export function adoptionKey(organisation: string, name: VersionName): Uint8Array {
  return concatBytes(ADOPTIONS, utf8(organisation), END, nameBytes(name))
}

function decodeAdoption(bytes: Uint8Array): Adoption {
  const [from, until, height] = decodeStored(bytes)
  return {
    from: from as string,
    until: (until as string | null) ?? undefined,
    height: storedInteger(height),
  }
}

/** Every adoption, by organisation, artefact and version. Cost: all that ever were. */
export function adoptions(
  view: StateView,
): readonly (Adoption & VersionName & { readonly organisation: string })[] {
  return entriesUnder(view, REGISTRY, ADOPTIONS).map(({ rest, value }) => {
    const end = rest.indexOf(0)
    const organisation = fromUtf8(rest.subarray(0, end)) ?? ''
    return { organisation, ...nameIn(rest.subarray(end + 1)), ...decodeAdoption(value) }
  })
}

/** The rule. Its `check` refuses with membership.not-active and registry codes. */
export function adoptArtefact(needs: RegistryNeeds): Rule<'adopt-artefact'> {
  function check(
    view: StateView,
    { issuer, body }: Statement<'adopt-artefact'>,
    context: Context,
  ): Refusal | undefined {
    if (!needs.isActive(view, issuer)) return refuse(REGISTRY, 'membership.not-active')
    const bytes = view.get(REGISTRY, adoptionKey(issuer, body))
    const adoption = bytes === undefined ? undefined : decodeAdoption(bytes)
    const runs = adoption !== undefined && adoption.until === undefined
    if (body.use === 'adopt') {
      if (runs) return refuse(REGISTRY, 'registry.already-adopted')
      return checkState(view, body, context, 'trial', 'active', 'retiring')
    }
    if (!runs) return refuse(REGISTRY, 'registry.not-adopted')
    return body.day < adoption.from
      ? refuse(REGISTRY, 'registry.stop-before-start', { day: adoption.from })
      : undefined
  }

  /** Effects: the organisation runs the version from the day on, or no longer. */
  function apply(
    view: WritableView,
    statement: Statement<'adopt-artefact'>,
    context: Context,
  ): Refusal | undefined {
    const refusal = check(view, statement, context)
    if (refusal !== undefined) return refusal
    const { use, day } = statement.body
    const key = adoptionKey(statement.issuer, statement.body)
    const before = view.get(REGISTRY, key)
    const isStop = use === 'stop' && before !== undefined
    const from = isStop ? decodeAdoption(before).from : day
    view.put(REGISTRY, key, encodeStored([from, isStop ? day : null, context.height]))
    return undefined
  }

  return { kind: 'adopt-artefact', check, apply }
}
