/** An age as one says it, in years, months or days, and in whole days as the rules ask it. */
import { InputNumber, Select, Space } from 'antd'
import { useWords } from '../words/words.tsx'
import { Labelled } from './labelled.tsx'

/** What is typed; `number` null: the age is unknown. */
export interface Age {
  readonly number: number | null
  readonly unit: keyof typeof daysOf
}

/** Nothing typed yet. */
export const unknownAge: Age = { number: null, unit: 'years' }

/** The Gregorian mean, as the rules of the maps count. */
const daysOf = { years: 365.2425, months: 30.436875, days: 1 } as const

const units = Object.keys(daysOf) as (keyof typeof daysOf)[]

/** The first whole day on which one is that old; undefined when the age is unknown. */
export function ageInDays({ number, unit }: Age): number | undefined {
  return number === null ? undefined : Math.ceil(number * daysOf[unit])
}

/** The field. */
export function AgeField({ age, onChange }: { age: Age; onChange: (age: Age) => void }) {
  const { t } = useWords()
  return (
    <Labelled name={t('age.name')}>
      {(id) => (
        <Space.Compact block>
          <InputNumber
            id={id}
            min={0}
            max={age.unit === 'years' ? 150 : 1800}
            precision={0}
            style={{ width: '100%' }}
            placeholder={t('age.unknown')}
            value={age.number}
            onChange={(number) => onChange({ ...age, number })}
          />
          <Select
            aria-label={t('age.unit')}
            value={age.unit}
            onChange={(unit) => onChange({ ...age, unit })}
            options={units.map((value) => ({ value, label: t(`age.${value}`) }))}
          />
        </Space.Compact>
      )}
    </Labelled>
  )
}
