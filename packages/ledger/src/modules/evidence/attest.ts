/** `attest`: an organisation stands for a claim about a statement in the evidence log (spec 1 §6.6). */
import { type Refusal, refuse, type Statement } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import type { Rule } from '../../module.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import type { EvidenceNeeds } from './needs.ts'
import { type AttestationName, EVIDENCE, readAttestation, writeAttestation } from './state.ts'

/**
 * The rule. Its `check` refuses with membership.not-active and evidence.attestation-exists. Whether the statement that
 * is spoken of exists is for the reader to look up: the log is no part of state.
 */
export function attest(needs: EvidenceNeeds): Rule<'attest'> {
  function check(view: StateView, statement: Statement<'attest'>): Refusal | undefined {
    const mayClaim = needs.isActive(view, statement.issuer) || protects(statement)
    if (!mayClaim) return refuse(EVIDENCE, 'membership.not-active')
    const exists = readAttestation(view, nameOf(statement)) !== undefined
    return exists ? refuse(EVIDENCE, 'evidence.attestation-exists') : undefined
  }

  /** Effects: the claim stands under statement, claim and organisation. */
  function apply(view: WritableView, statement: Statement<'attest'>, context: Context): Refusal | undefined {
    const refusal = check(view, statement)
    if (refusal !== undefined) return refusal
    const { valueHash } = statement.body
    writeAttestation(view, nameOf(statement), { height: context.height, valueHash })
    return undefined
  }

  return { kind: 'attest', check, apply, duringSuspension: protects }
}

/** CONSENSUS: claims that protect others, so that a suspended member still makes them (ADR 0106). */
const PROTECTING_CLAIMS: readonly string[] = ['record.erased', 'record.corrected', 'report.statutory']

function protects({ body }: Statement<'attest'>): boolean {
  return PROTECTING_CLAIMS.includes(body.claim)
}

function nameOf(statement: Statement<'attest'>): AttestationName {
  const { subjectRef, claim } = statement.body
  return { subjectRef, claim, organisation: statement.issuer }
}
