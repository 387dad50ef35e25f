/** The sex that a rule may ask: male, female, or not known. */
import { Select } from 'antd'
import { useWords } from '../words/words.tsx'
import { Labelled } from './labelled.tsx'

/** What rules know. */
export type Sex = 'male' | 'female'

/** The field; undefined: unknown. */
export function SexField({
  sex,
  onChange,
}: {
  sex: Sex | undefined
  onChange: (sex: Sex | undefined) => void
}) {
  const { t } = useWords()
  return (
    <Labelled name={t('sex.name')}>
      {(id) => (
        <Select<Sex>
          id={id}
          allowClear
          placeholder={t('age.unknown')}
          value={sex ?? null}
          onChange={(value?: Sex) => onChange(value)}
          options={(['male', 'female'] as const).map((value) => ({ value, label: t(`sex.${value}`) }))}
        />
      )}
    </Labelled>
  )
}
