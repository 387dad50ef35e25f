/** The fields that each kind of proposal has of its own; only those it can be about are offered. */
import { Form, InputNumber, Select } from 'antd'
import type {
  MemberClass,
  MemberDocument,
  MembersDocument,
  ParametersDocument,
} from '../../api/consortium-documents.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { parameterName } from '../../show/kind-name.ts'
import { useWords } from '../../words/words.tsx'

/** The kinds that can be asked here, in the order of the list. */
export const askedKinds = [
  'membership.admit',
  'membership.change-class',
  'membership.suspend',
  'membership.reinstate',
  'membership.expel',
  'membership.restore-validator',
  'parameters.change',
  'upgrade',
] as const

/** One of them. */
export type AskedKind = (typeof askedKinds)[number]

type MembershipKind = Exclude<AskedKind, 'parameters.change' | 'upgrade'>

const isAbout: Readonly<Record<MembershipKind, (member: MemberDocument) => boolean>> = {
  'membership.admit': ({ status }) => status === 'qualified',
  'membership.change-class': ({ status }) => status === 'active',
  'membership.suspend': ({ status }) => status === 'active',
  'membership.reinstate': ({ status }) => status === 'suspended',
  'membership.expel': ({ status }) => status === 'active' || status === 'suspended',
  'membership.restore-validator': ({ barredFromValidating }) => barredFromValidating,
}

interface Props {
  readonly kind: AskedKind
  readonly members: MembersDocument
  readonly isOpen: boolean
}

/** The kind's own fields. */
export function KindFields({ kind, members, isOpen }: Props) {
  const { value } = useAnswer<ParametersDocument>(isOpen ? '/api/parameters' : undefined)
  if (kind === 'parameters.change') return <ParameterFields parameters={value} />
  if (kind === 'upgrade') return <UpgradeFields version={value?.applicationVersion} />
  return (
    <>
      <OrganisationField members={members.items.filter(isAbout[kind])} />
      {kind === 'membership.change-class' && <ClassField />}
    </>
  )
}

function useNeeded() {
  const { t } = useWords()
  return [{ required: true, message: t('users.needed') }]
}

function OrganisationField({ members }: { members: readonly MemberDocument[] }) {
  const { t, say } = useWords()
  const rules = useNeeded()
  return (
    <Form.Item
      name="organisation"
      label={t('members.organisation')}
      rules={rules}
      {...(members.length === 0 ? { extra: t('votes.none-such') } : {})}
    >
      <Select
        options={members.map(({ organisation, names }) => ({
          value: organisation,
          label: `${say(names)} · ${organisation}`,
        }))}
      />
    </Form.Item>
  )
}

const classes: readonly MemberClass[] = ['core', 'ordinary', 'observer']

function ClassField() {
  const { t } = useWords()
  const rules = useNeeded()
  return (
    <Form.Item name="memberClass" label={t('members.class')} rules={rules}>
      <Select
        options={classes.map((value) => ({
          value,
          label: `${t(`member-class.${value}`)} · ${t(`member-class.${value}-may`)}`,
        }))}
      />
    </Form.Item>
  )
}

function ParameterFields({ parameters }: { parameters: ParametersDocument | undefined }) {
  const words = useWords()
  const { t, count } = words
  const rules = useNeeded()
  const chosen = Form.useWatch('name')
  const parameter = parameters?.items.find(({ name }) => name === chosen)
  return (
    <>
      <Form.Item name="name" label={t('votes.parameter')} rules={rules}>
        <Select
          options={(parameters?.items ?? []).map(({ name, value }) => ({
            value: name,
            label: t('votes.parameter-now', { name: parameterName(name, words), n: value }),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="value"
        label={t('votes.new-value')}
        rules={rules}
        {...(parameter === undefined
          ? {}
          : { extra: t('votes.between', { least: count(parameter.least), most: count(parameter.most) }) })}
      >
        <InputNumber
          precision={0}
          {...(parameter === undefined ? {} : { min: parameter.least, max: parameter.most })}
        />
      </Form.Item>
    </>
  )
}

function UpgradeFields({ version }: { version: number | undefined }) {
  const { t } = useWords()
  const rules = useNeeded()
  return (
    <div className="two-fields">
      <Form.Item
        name="version"
        label={t('votes.version')}
        rules={rules}
        {...(version === undefined ? {} : { extra: t('votes.version-now', { n: version }) })}
      >
        <InputNumber min={1} precision={0} />
      </Form.Item>
      <Form.Item name="retireHeight" label={t('votes.retire')} rules={rules} extra={t('votes.retire-hint')}>
        <InputNumber min={0} precision={0} />
      </Form.Item>
    </div>
  )
}
