/** The members of a consortium on one machine: made-up organisations, each with a home, ports and a place of its own. */
import type { MemberClass, OrganisationKind } from '@meridian/protocol'
import type { Configuration } from '../home/configuration.ts'
import { defaultConfiguration } from '../home/configuration.ts'

/** One of them. */
export interface PlannedMember {
  readonly id: string
  readonly names: { readonly zh: string; readonly en: string }
  readonly kind: OrganisationKind
  readonly memberClass: MemberClass
  readonly place: string
}

/** How many of each class. */
export interface MemberCounts {
  readonly validators: number
  readonly ordinary: number
  readonly observers: number
}

type Described = Omit<PlannedMember, 'memberClass'>

const member = (id: string, zh: string, en: string, kind: OrganisationKind, place: string): Described => ({
  id,
  names: { zh, en },
  kind,
  place,
})

/** A health commission is always among the core members: somebody has to review qualifications. */
const CORE: readonly Described[] = [
  member(
    'health-commission',
    '示例省卫生健康委员会',
    'Sample Province Health Commission',
    'health-commission',
    '33',
  ),
  member('first-hospital', '示例第一医院', 'Sample First Hospital', 'tertiary-hospital', '3301'),
  member('second-hospital', '示例第二医院', 'Sample Second Hospital', 'tertiary-hospital', '3301'),
  member('provincial-cdc', '示例省疾病预防控制中心', 'Sample Provincial CDC', 'cdc', '33'),
  member(
    'tcm-hospital',
    '示例中医院',
    'Sample Hospital of Traditional Medicine',
    'tertiary-hospital',
    '3302',
  ),
  member('liver-hospital', '示例肝胆医院', 'Sample Hepatobiliary Hospital', 'tertiary-hospital', '3301'),
  member('university', '示例医科大学', 'Sample Medical University', 'research-institute', '3301'),
]
const ORDINARY: readonly Described[] = [
  member('township-clinic', '示例乡镇卫生院', 'Sample Township Clinic', 'primary-care', '330106'),
  member('check-up-centre', '示例健康体检中心', 'Sample Check-up Centre', 'check-up-centre', '330106'),
  member('laboratory', '示例医学检验所', 'Sample Medical Laboratory', 'laboratory', '330106'),
]
const OBSERVERS: readonly Described[] = [
  member('insurer', '示例商业保险公司', 'Sample Insurer', 'insurer', 'CN'),
  member('drug-regulator', '示例药品监督管理局', 'Sample Drug Regulator', 'regulator', '33'),
]

/** The members in their order; beyond the named ones they are numbered. */
export function planMembers({ validators, ordinary, observers }: MemberCounts): readonly PlannedMember[] {
  return [
    ...named(CORE, validators, 'core'),
    ...named(ORDINARY, ordinary, 'ordinary'),
    ...named(OBSERVERS, observers, 'observer'),
  ]
}

function named(known: readonly Described[], count: number, memberClass: MemberClass): PlannedMember[] {
  return Array.from({ length: count }, (_, i) => {
    const described = known[i] ?? numbered(memberClass, i + 1)
    return { ...described, memberClass }
  })
}

function numbered(memberClass: MemberClass, number: number): Described {
  const kind = memberClass === 'observer' ? 'research-institute' : 'secondary-hospital'
  return member(
    `${memberClass}-${number}`,
    `示例机构 ${number}`,
    `Sample Organisation ${number}`,
    kind,
    '3301',
  )
}

/** Ports of the member at `index`: the console from `port` on, its peers' port 1000 above. */
export function configurationOf(planned: PlannedMember, index: number, port: number): Configuration {
  return {
    ...defaultConfiguration,
    organisation: planned,
    engine: 'cometbft',
    consensus: { p2pListen: `127.0.0.1:${port + 1000 + index}`, peers: [] },
    listen: { host: '127.0.0.1', port: port + index },
  }
}
