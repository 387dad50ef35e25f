/** Signing in: name and password, with the corridor's idea beside it. */
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import type { Refused } from '../../api/answer.ts'
import { useSession } from '../../api/session.tsx'
import { LanguageSwitch } from '../../frame/language-switch.tsx'
import { Mark } from '../../frame/mark.tsx'
import { Icon } from '../../show/icon.tsx'
import { Problem } from '../../show/problem.tsx'
import { useWords } from '../../words/words.tsx'
import './sign-in.css'

/** The page before everything else. */
export function SignInPage() {
  const { t } = useWords()
  return (
    <div className="sign-in">
      <Thesis />
      <main className="sign-in-form">
        <div className="sign-in-language">
          <LanguageSwitch />
        </div>
        <div className="sign-in-box">
          <h1>{t('sign-in.title')}</h1>
          <p className="quiet">{t('sign-in.about')}</p>
          <SignInForm />
          <p className="sign-in-verify">
            <Icon name="shield" /> <a href="/verify.html">{t('sign-in.verify')}</a>
          </p>
        </div>
      </main>
    </div>
  )
}

function Thesis() {
  const { t } = useWords()
  return (
    <aside className="sign-in-promise">
      <div className="sign-in-brand">
        <Mark size={34} />
        <span>
          <b>子午</b> Meridian
        </span>
      </div>
      <p className="sign-in-thesis">{t('sign-in.thesis')}</p>
      <ol>
        {(['one', 'two', 'three'] as const).map((n) => (
          <li key={n}>{t(`sign-in.point-${n}`)}</li>
        ))}
      </ol>
    </aside>
  )
}

function SignInForm() {
  const { t } = useWords()
  const { signIn } = useSession()
  const [refused, setRefused] = useState<Refused | undefined>()
  const [busy, setBusy] = useState(false)
  const submit = async ({ name, password }: { name: string; password: string }) => {
    setBusy(true)
    const answer = await signIn(name.trim(), password)
    setBusy(false)
    setRefused(answer.ok ? undefined : answer.refused)
  }
  return (
    <Form layout="vertical" requiredMark={false} onFinish={submit} className="sign-in-fields">
      <Form.Item
        name="name"
        label={t('sign-in.name')}
        rules={[{ required: true, message: t('sign-in.name-needed') }]}
      >
        <Input size="large" autoComplete="username" autoFocus spellCheck={false} />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('sign-in.password')}
        rules={[{ required: true, message: t('sign-in.password-needed') }]}
      >
        <Input.Password size="large" autoComplete="current-password" />
      </Form.Item>
      {refused !== undefined && (
        <div className="sign-in-problem" role="alert">
          <Problem refused={refused} />
        </div>
      )}
      <Button type="primary" size="large" block htmlType="submit" loading={busy}>
        {t('sign-in.submit')}
      </Button>
    </Form>
  )
}
