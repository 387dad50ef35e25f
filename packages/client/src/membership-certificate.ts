/**
 * The certificate of a member: the proof that the ledger's state holds an organisation, up to the signatures of the validators, and the way to
 * them from the genesis. It is a file; whoever has a trust file checks it without asking anybody.
 */
import {
  canonicalTextOf,
  checkHeader,
  checkTrustPath,
  checkValidators,
  countCommit,
  type Form,
  fromUtf8,
  isMisfit,
  isRefusal,
  type LightBlock,
  lightBlockForm,
  listForm,
  objectForm,
  patternForm,
  type Refusal,
  refuse,
  type Suite,
  type Trust,
} from '@meridian/protocol'
import { checkLedgerProof, type LedgerProof, proofForm } from './documents/proof-document.ts'

/** The document. */
export interface MembershipCertificate {
  readonly format: string
  readonly proof: LedgerProof
  /** Blocks between the genesis and the one of the proof; empty while the founders validate. */
  readonly via: readonly LightBlock[]
}

/** What is proved: the bytes that state holds for the member, in the block at a height and time. */
export interface ProvedMembership {
  readonly key: Uint8Array
  readonly value: Uint8Array
  readonly chainId: string
  readonly height: bigint
  /** Nanoseconds since 1970. */
  readonly time: bigint
  /** Validators whose signatures were counted. */
  readonly signers: number
}

const FORMAT = 'meridian-membership/1'
const MAX_VIA = 64
const MAX_BYTES = 4_194_304

const certificateForm: Form<MembershipCertificate> = objectForm<MembershipCertificate>({
  format: patternForm(/^meridian-membership\/1$/),
  proof: proofForm,
  via: listForm(lightBlockForm, { max: MAX_VIA }),
})

/** The bytes of the file, canonical text. */
export function encodeCertificate(proof: LedgerProof, via: readonly LightBlock[]): string {
  return canonicalTextOf(certificateForm.encode({ format: FORMAT, proof, via }))
}

/** Whether the file says that it is one, whatever else is in it. */
export function isCertificate(bytes: Uint8Array): boolean {
  return (fromUtf8(bytes.subarray(0, 64)) ?? '').startsWith(`{"format":"${FORMAT}"`)
}

/**
 * Checks the certificate against what is pinned. Never throws, whatever the bytes. Refusals: state-proof.malformed, state-proof.wrong-root, and
 * those of a receipt's header, validators, commit and trust.
 */
export function verifyCertificate(suite: Suite, trust: Trust, bytes: Uint8Array): ProvedMembership | Refusal {
  const certificate = read(bytes)
  if (certificate === undefined) return refuse('client', 'state-proof.malformed')
  const { proof, via } = certificate
  const { block } = proof
  const proved = checkLedgerProof(suite, proof)
  if (isRefusal(proved)) return proved
  if (proof.module !== 'membership' || proof.value === null) return refuse('client', 'state-proof.malformed')
  const refusal = checkHeader(suite, block) ?? checkValidators(suite, block)
  if (refusal !== undefined) return refusal
  const counted = countCommit(suite, block)
  if (isRefusal(counted)) return counted
  const { chainId, height, time } = block.header
  const anchor = trust.anchors.find((each) => each.chainId === chainId)
  if (anchor === undefined) return refuse('client', 'receipt.wrong-chain')
  const { signers } = counted
  const lost = checkTrustPath(suite, anchor, via, { block, signers })
  if (lost !== undefined) return lost
  return { key: proof.key, value: proof.value, chainId, height, time, signers: signers.length }
}

function read(bytes: Uint8Array): MembershipCertificate | undefined {
  if (bytes.length > MAX_BYTES) return undefined
  try {
    const value = certificateForm.decode(JSON.parse(fromUtf8(bytes) ?? ''), '')
    return isMisfit(value) ? undefined : value
  } catch {
    return undefined
  }
}
