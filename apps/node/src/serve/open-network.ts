/** The rule for every door off loopback: TLS, or a proxy of the institution's that speaks it (design: At the door). */
import { UsageError } from '../command-line/command.ts'
import type { Listen } from '../home/configuration.ts'

/** Where a door listens and what protects it. */
export interface Exposure {
  readonly host: string
  readonly hasTls: boolean
  readonly isBehindProxy: boolean
}

/** @throws UsageError `listen.off-loopback` naming the setting `place`. */
export function refuseOpenNetwork(place: string, { host, hasTls, isBehindProxy }: Exposure): void {
  if (isLoopback(host) || hasTls || isBehindProxy) return
  throw new UsageError(
    {
      zh: `${place} 要在 ${host} 上对网络开放，但没有加密。请用 --tls-cert 与 --tls-key（或 meridian.json 的 tls）启用 TLS；若前面有负责 TLS 的反向代理，请用 --behind-proxy。`,
      en: `${place} would open ${host} to the network without encryption. Give TLS with --tls-cert and --tls-key (or tls in meridian.json), or say --behind-proxy when a proxy of yours speaks TLS in front.`,
    },
    'listen.off-loopback',
  )
}

/** The same for the address of console, FHIR and ledger doors. @throws UsageError */
export function refuseOpenListen({ host, tls, behindProxy }: Listen): void {
  refuseOpenNetwork('listen', { host, hasTls: tls !== undefined, isBehindProxy: behindProxy === true })
}

/** Only this machine reaches these. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}
