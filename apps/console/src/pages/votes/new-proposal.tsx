/** The dialog that puts a question to the core members: choose what, about whom, until when. */
import { Form, InputNumber, Modal, Select } from 'antd'
import { useState } from 'react'
import type { Refused } from '../../api/answer.ts'
import type { MembersDocument } from '../../api/consortium-documents.ts'
import { useSession } from '../../api/session.tsx'
import { Problem } from '../../show/problem.tsx'
import { useWords } from '../../words/words.tsx'
import { type AskedKind, askedKinds, KindFields } from './kind-fields.tsx'

type Fields = { kind: AskedKind; days: number; activationHeight?: number | null } & Record<string, unknown>

interface Props {
  readonly open: boolean
  readonly members: MembersDocument
  readonly close: () => void
  readonly onAsked: () => void
}

/** Closes when the ledger took it; stays with the ledger's words when not. */
export function NewProposal({ open, members, close, onAsked }: Props) {
  const { t } = useWords()
  const { client } = useSession()
  const [form] = Form.useForm<Fields>()
  const kind = Form.useWatch('kind', form)
  const [refused, setRefused] = useState<Refused | undefined>()
  const [isSending, setSending] = useState(false)
  const ask = async (fields: Fields) => {
    setSending(true)
    const activationHeight = fields.activationHeight ?? 0
    const answer = await client.post('/api/proposals', { ...fields, activationHeight })
    setSending(false)
    setRefused(answer.ok ? undefined : answer.refused)
    if (!answer.ok) return
    onAsked()
    close()
  }
  return (
    <Modal
      open={open}
      title={t('votes.propose')}
      okText={t('votes.propose')}
      okButtonProps={{ loading: isSending, htmlType: 'submit', form: 'new-proposal' }}
      onCancel={close}
      afterOpenChange={() => {
        form.resetFields()
        setRefused(undefined)
      }}
    >
      <Form
        id="new-proposal"
        form={form}
        layout="vertical"
        onFinish={ask}
        preserve={false}
        initialValues={{ kind: 'membership.admit', days: 7 }}
      >
        <Form.Item name="kind" label={t('votes.kind')}>
          <Select options={askedKinds.map((value) => ({ value, label: t(`proposal.${value}`) }))} />
        </Form.Item>
        <KindFields kind={kind ?? 'membership.admit'} members={members} isOpen={open} />
        <div className="two-fields">
          <Form.Item
            name="days"
            label={t('votes.days')}
            rules={[{ required: true, message: t('users.needed') }]}
          >
            <InputNumber min={1} max={90} precision={0} />
          </Form.Item>
          <Form.Item name="activationHeight" label={t('votes.activation')} extra={t('votes.activation-hint')}>
            <InputNumber min={0} precision={0} />
          </Form.Item>
        </div>
      </Form>
      {refused !== undefined && <Problem refused={refused} />}
    </Modal>
  )
}
