/** The dialog that sets a new password; it ends all of that user's sessions. */
import { Form, Input, Modal } from 'antd'
import { useWords } from '../../words/words.tsx'

type Props = {
  name: string | undefined
  close: () => void
  change: (name: string, changes: object) => Promise<void>
}

/** Open while there is a name. */
export function PasswordDialog({ name, close, change }: Props) {
  const { t } = useWords()
  const [form] = Form.useForm<{ password: string }>()
  const set = async ({ password }: { password: string }) => {
    if (name !== undefined) await change(name, { password })
    close()
  }
  return (
    <Modal
      open={name !== undefined}
      title={t('users.new-password-for', { name: name ?? '' })}
      okText={t('users.new-password')}
      onOk={form.submit}
      onCancel={close}
      afterOpenChange={() => form.resetFields()}
    >
      <Form form={form} layout="vertical" onFinish={set}>
        <Form.Item
          name="password"
          label={t('users.first-password')}
          extra={t('users.ends-sessions')}
          rules={[{ required: true, message: t('users.needed') }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </Form>
    </Modal>
  )
}
