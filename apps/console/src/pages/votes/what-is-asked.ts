/** What a proposal asks, in a few words: about whom, into which class, which value, which version. */
import type { ProposalDocument } from '../../api/consortium-documents.ts'
import { parameterName } from '../../show/kind-name.ts'
import type { Words } from '../../words/words.tsx'

/** A kind that this console does not know is shown by the values of its action. */
export function whatIsAsked(
  { kind, action }: Pick<ProposalDocument, 'kind' | 'action'>,
  words: Words,
  nameOf: (organisation: string) => string,
): string {
  const part = (name: string): string => action.find((each) => each.name === name)?.value ?? ''
  const { t } = words
  switch (kind) {
    case 'membership.change-class':
      return `${nameOf(part('organisation'))} → ${classWord(part('memberClass'), words)}`
    case 'parameters.change':
      return `${parameterName(part('name'), words)} → ${words.count(Number(part('value')))}`
    case 'upgrade':
      return t('votes.upgrade-to', { n: Number(part('version')), height: Number(part('retireHeight')) })
    default:
      return kind.startsWith('membership.')
        ? nameOf(part('organisation'))
        : action.map(({ value }) => value).join(' → ')
  }
}

function classWord(memberClass: string, { t }: Words): string {
  if (memberClass === 'core' || memberClass === 'ordinary' || memberClass === 'observer')
    return t(`member-class.${memberClass}`)
  return memberClass
}
