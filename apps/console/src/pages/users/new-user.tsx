/** The dialog that makes a user: a person with a name, one role, and a first password. */
import { Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import type { Refused } from '../../api/answer.ts'
import type { Role, UserDocument } from '../../api/documents.ts'
import { useSession } from '../../api/session.tsx'
import { Problem } from '../../show/problem.tsx'
import { useWords } from '../../words/words.tsx'

type Fields = { name: string; displayName: string; role: Role; password: string }
type Props = { open: boolean; close: () => void; onAdded: () => void }

const roles: readonly Role[] = ['clerk', 'researcher', 'auditor', 'administrator']

/** Closes when the user was made; stays with the door's words when not. */
export function NewUser({ open, close, onAdded }: Props) {
  const { t } = useWords()
  const { client } = useSession()
  const [form] = Form.useForm<Fields>()
  const [refused, setRefused] = useState<Refused | undefined>()
  const add = async (fields: Fields) => {
    const answer = await client.post<UserDocument>('/api/users', fields)
    setRefused(answer.ok ? undefined : answer.refused)
    if (!answer.ok) return
    onAdded()
    close()
  }
  const required = [{ required: true, message: t('users.needed') }]
  return (
    <Modal
      open={open}
      title={t('users.add')}
      okText={t('users.add')}
      onOk={form.submit}
      onCancel={close}
      afterOpenChange={() => {
        form.resetFields()
        setRefused(undefined)
      }}
    >
      <Form form={form} layout="vertical" onFinish={add} initialValues={{ role: 'clerk' }}>
        <Form.Item name="displayName" label={t('users.display-name')} rules={required}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="name" label={t('sign-in.name')} rules={required}>
          <Input autoComplete="off" spellCheck={false} />
        </Form.Item>
        <Form.Item name="role" label={t('users.role')} rules={required}>
          <Select
            options={roles.map((value) => ({
              value,
              label: `${t(`role.${value}`)} · ${t(`role.${value}-may`)}`,
            }))}
          />
        </Form.Item>
        <Form.Item name="password" label={t('users.first-password')} rules={required}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </Form>
      {refused !== undefined && <Problem refused={refused} />}
    </Modal>
  )
}
