/** One concept: its names, its properties, and what is above and below it in its release. */
import { useAnswer } from '../../api/use-answer.ts'
import { routeTo } from '../../route/route.ts'
import { Pair, Pairs } from '../../show/pairs.tsx'
import { Panel } from '../../show/panel.tsx'
import { Problem } from '../../show/problem.tsx'
import { Tag } from '../../show/tag.tsx'
import { useWords } from '../../words/words.tsx'
import type { Chosen, ConceptDocument, NamedCode } from './terminology-documents.ts'

interface Props {
  readonly chosen: Chosen
  readonly code: string
  readonly text: string | undefined
}

/** Read anew for each code. */
export function ConceptPanel({ chosen: { system, version }, code, text }: Props) {
  const { t } = useWords()
  const path = `/api/terminology/concept?${new URLSearchParams({ system, version, code })}`
  const { value, refused, again } = useAnswer<ConceptDocument>(path)
  const title = value === undefined ? t('terminology.concept') : `${code} ${value.concept.display}`
  const to = (other: string) => routeTo('terminology', [], { system, version, text, code: other })
  return (
    <Panel title={title} className="terminology-concept">
      {refused !== undefined && <Problem refused={refused} again={again} />}
      {value !== undefined && <Concept value={value} to={to} />}
    </Panel>
  )
}

function Concept({ value, to }: { value: ConceptDocument; to: (code: string) => string }) {
  const { t } = useWords()
  const { concept, release, parents, children } = value
  const { definition, designations = [], properties = [], inactive } = concept
  return (
    <Pairs>
      {inactive === true && (
        <Pair name={t('terminology.code')}>
          <Tag tone="warn">{t('terminology.inactive')}</Tag>
        </Pair>
      )}
      <Pair name={t('terminology.names')}>
        {designations.length > 0 && (
          <ul className="terminology-names">
            {designations.map(({ language, use, value: name }) => (
              <li key={`${language} ${use} ${name}`}>
                {name}{' '}
                <span className="quiet">
                  {language === 'und' ? '' : `${language} · `}
                  {t(`terminology.use-${use}`)}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Pair>
      <Pair name={t('terminology.concept')}>{definition}</Pair>
      <Pair name={t('terminology.properties')}>
        {properties.length > 0 && (
          <span className="mono terminology-properties">
            {properties.map(({ code, value: given }) => `${code} = ${given}`).join(', ')}
          </span>
        )}
      </Pair>
      <Pair name={t('terminology.parents')}>{parents.length > 0 && <Codes codes={parents} to={to} />}</Pair>
      <Pair name={t('terminology.children')}>
        {children.length > 0 && <Codes codes={children} to={to} />}
      </Pair>
      <Pair name={t('terminology.version')}>
        <span className="mono terminology-properties">
          {release.system}|{release.version}
        </span>
      </Pair>
      <Pair name={t('terminology.licence')}>{release.licence !== '' && release.licence}</Pair>
    </Pairs>
  )
}

function Codes({ codes, to }: { codes: readonly NamedCode[]; to: (code: string) => string }) {
  return (
    <ul className="terminology-names">
      {codes.map(({ code, display }) => (
        <li key={code}>
          <a href={to(code)}>
            <span className="mono">{code}</span> {display}
          </a>
        </li>
      ))}
    </ul>
  )
}
