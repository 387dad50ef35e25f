/** The TerminologyCapabilities (R4 §5.4): which code systems and versions are here. */
import type { Terminology } from '@meridian/standards/terminology'
import type { StatementFacts } from '../capability-statement.ts'

/** The resource as a plain value. */
export function terminologyCapabilities(
  terminology: Terminology,
  { baseUrl, publisher, software, date }: StatementFacts,
): object {
  const bySystem = new Map<string, object[]>()
  for (const { system, version } of terminology.systems())
    bySystem.set(system, [...(bySystem.get(system) ?? []), { code: version }])
  return {
    resourceType: 'TerminologyCapabilities',
    status: 'active',
    date,
    publisher,
    kind: 'instance',
    software,
    implementation: { description: 'Meridian FHIR R4', url: baseUrl },
    codeSystem: [...bySystem].map(([uri, version]) => ({ uri, version, subsumption: true })),
    expansion: {
      hierarchical: false,
      paging: true,
      textFilter: '中文、English、拼音首字母 pinyin initials、synonyms、code',
    },
    codeSearch: 'all',
  }
}
