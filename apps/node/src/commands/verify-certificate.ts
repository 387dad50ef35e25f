/** `meridian verify CERTIFICATE --trust trust.json`: whether an organisation was a member, as the validators have signed it. */
import { type ProvedMembership, verifyCertificate } from '@meridian/client'
import { membershipQueries } from '@meridian/ledger'
import {
  decodeTrust,
  fromUtf8,
  isRefusal,
  type Refusal,
  refusalText,
  refuse,
  timeToText,
} from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import type { ExitCode, Invocation } from '../command-line/command.ts'

/** Says who was proved to be what, and when; 1 when the file proves nothing. */
export function verifyMembership(
  invocation: Invocation,
  files: { readonly certificate: Uint8Array; readonly trust: Uint8Array },
): ExitCode {
  const trust = decodeTrust(nodeSuite, files.trust)
  const proved = isRefusal(trust) ? trust : verifyCertificate(nodeSuite, trust, files.certificate)
  const member = isRefusal(proved) ? proved : memberOf(proved)
  if (isRefusal(member)) {
    const { zh, en } = refusalText(member)
    invocation.out(
      invocation.json
        ? JSON.stringify({ verified: false, refused: { code: member.code, zh, en } })
        : `✘ ${en}\n  ${zh}`,
    )
    return 1
  }
  invocation.out(invocation.json ? JSON.stringify({ verified: true, ...member }) : show(member))
  return 0
}

type Member = ReturnType<typeof plainMember>

function memberOf(proved: ProvedMembership): Member | Refusal {
  const organisation = organisationIn(proved.key)
  if (organisation === undefined) return refuse('node', 'state-proof.malformed')
  return plainMember(organisation, proved)
}

/** The organisation whose key in state this is. */
function organisationIn(key: Uint8Array): string | undefined {
  const start = membershipQueries.organisationKey('').length
  const organisation = fromUtf8(key.subarray(start)) ?? ''
  return Buffer.compare(membershipQueries.organisationKey(organisation), key) === 0 ? organisation : undefined
}

/** State was signed by the validators, so its bytes are those of an organisation. */
function plainMember(organisation: string, { value, chainId, height, time, signers }: ProvedMembership) {
  const { nameZh, nameEn, kind, memberClass, status, place } = membershipQueries.decodeOrganisation(value)
  const names = { zh: nameZh, en: nameEn }
  const at = { chainId, height: Number(height), time: timeToText(time), signers }
  return { organisation, names, kind, memberClass, status, place, ...at }
}

function show({
  organisation,
  names,
  kind,
  memberClass,
  status,
  place,
  chainId,
  height,
  time,
  signers,
}: Member) {
  return [
    `✔ ${organisation} · ${names.zh} ${names.en} · ${kind} · ${place}`,
    `  class 等级 ${memberClass} · status 状态 ${status}`,
    `  chain 链 ${chainId} · height 高度 ${height} · ${time}`,
    `  Signed by ${signers} validators whom the trust file leads to. Later changes are not in this file. 由信任文件可追溯到的 ${signers} 个验证者签名；此后的变更不在本文件中。`,
  ].join('\n')
}
