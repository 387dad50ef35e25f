/** The members of a test consortium: their keys, what they agree on before the first block, and what they say. */
import {
  type GenesisDocument,
  genesisHash,
  type MemberClass,
  proveKey,
  type Signer,
  type StatementDraft,
  type StatementKind,
  signStatement,
  subjectOf,
} from '@meridian/protocol'
import { createSigner, nodeSuite, randomBytes } from '@meridian/protocol/node'

/** What a member is asked for. */
export interface Member {
  readonly id: string
  readonly memberClass: MemberClass
  readonly signer: Signer
  /** Of a core member. */
  readonly validatorSeed: Uint8Array
}

/** Members by the class of each; the seeds follow from the place. */
export function createMembers(classes: readonly MemberClass[]): readonly Member[] {
  return classes.map((memberClass, i) => ({
    id: `hospital-${i + 1}`,
    memberClass,
    signer: createSigner(new Uint8Array(32).fill(1 + i)),
    validatorSeed: new Uint8Array(32).fill(100 + i),
  }))
}

/** A node as the genesis document names it. */
export interface NamedNode {
  readonly member: number
  /** 20 bytes. */
  readonly nodeId: Uint8Array
  readonly port: number
}

/** The genesis document: every node belongs to a member, so that peers are admitted as on separate machines. */
export function foundMembers(
  members: readonly Member[],
  nodes: readonly NamedNode[],
  parameters: GenesisDocument['parameters'] = {},
): GenesisDocument {
  const core = members.filter(({ memberClass }) => memberClass === 'core')
  return {
    chainName: 'faults',
    genesisTime: '2026-03-01T00:00:00Z',
    parameters,
    organisations: members.map(({ id, memberClass, signer }, i) => ({
      id,
      names: { zh: `示例医院 ${i + 1}`, en: `Sample Hospital ${i + 1}` },
      kind: 'tertiary-hospital',
      memberClass,
      endpoints: {
        door: '',
        nodes: nodes
          .filter(({ member }) => member === i)
          .map(({ nodeId, port }) => ({ nodeId, address: `127.0.0.1:${port}` })),
      },
      keys: [{ purpose: 'statement', publicKey: signer.publicKey }],
    })),
    validators: core.map(({ id, validatorSeed }) => ({
      organisation: id,
      publicKey: createSigner(validatorSeed).publicKey,
      power: 10n,
    })),
  }
}

const HOUR_SECONDS = 3_600

/** A statement of the member that nobody has made before. */
export function newClaim(genesis: GenesisDocument, member: Member): Uint8Array {
  const body = { subjectRef: randomBytes(32), claim: 'seen', valueHash: new Uint8Array(32) }
  return say(genesis, member, { kind: 'attest', body })
}

/** The statement by which a member's validator goes on with another key. */
export function keyRotation(
  genesis: GenesisDocument,
  member: Member,
  { from, to }: { readonly from: Signer; readonly to: Signer },
): Uint8Array {
  const claim = {
    genesisHash: genesisHash(nodeSuite, genesis),
    organisation: member.id,
    purpose: 'validator' as const,
  }
  const { purpose } = claim
  const body = { oldKeyId: from.keyId, purpose, publicKey: to.publicKey, proof: proveKey(claim, to) }
  return say(genesis, member, { kind: 'rotate-key', body })
}

function say<K extends StatementKind>(
  genesis: GenesisDocument,
  { id, signer }: Member,
  { kind, body }: Pick<StatementDraft<K>, 'kind' | 'body'>,
): Uint8Array {
  const draft: StatementDraft<K> = {
    issuer: id,
    subject: subjectOf(nodeSuite, kind, body),
    genesisHash: genesisHash(nodeSuite, genesis),
    expirySeconds: BigInt(Math.floor(Date.now() / 1_000) + 12 * HOUR_SECONDS),
    uniqueId: randomBytes(16),
    kind,
    body,
  }
  return signStatement(nodeSuite, draft, signer)
}
