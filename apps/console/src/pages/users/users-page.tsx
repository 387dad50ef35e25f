/** Users: the people of the institution who may use this node, and what each role may do. */
import { App, Button } from 'antd'
import { useState } from 'react'
import type { Page, Role, UserDocument } from '../../api/documents.ts'
import { useSession } from '../../api/session.tsx'
import { useAnswer } from '../../api/use-answer.ts'
import { AdaptiveTable } from '../../show/adaptive-table.tsx'
import { PageHead } from '../../show/page-head.tsx'
import { Panel } from '../../show/panel.tsx'
import { Problem } from '../../show/problem.tsx'
import { useWords } from '../../words/words.tsx'
import { NewUser } from './new-user.tsx'
import { PasswordDialog } from './password-dialog.tsx'
import { userColumns } from './user-columns.tsx'
import './users.css'

const roles: readonly Role[] = ['administrator', 'clerk', 'researcher', 'auditor']

/** Administrators only; the door decides that. */
export function UsersPage() {
  const words = useWords()
  const { t, say } = words
  const { client } = useSession()
  const { message } = App.useApp()
  const [adding, setAdding] = useState(false)
  const [resetting, setResetting] = useState<string | undefined>()
  const { value, refused, loading, again } = useAnswer<Page<UserDocument>>('/api/users')
  const change = async (name: string, changes: object) => {
    const answer = await client.patch<UserDocument>(`/api/users/${encodeURIComponent(name)}`, changes)
    if (answer.ok) message.success(t('users.changed'))
    else message.error(`${say(answer.refused.message)} ${say(answer.refused.hint)}`)
    again()
  }
  return (
    <div className="page">
      <PageHead
        title={t('page.users')}
        about={t('users.about')}
        extra={
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('users.add')}
          </Button>
        }
      />
      {refused !== undefined && <Problem refused={refused} again={again} />}
      <div className="panel">
        <AdaptiveTable<UserDocument>
          label={t('page.users')}
          columns={userColumns(words, change, setResetting)}
          rows={value?.items ?? []}
          rowKey={(row) => row.name}
          loading={loading}
          empty={t('users.empty')}
        />
      </div>
      <Panel title={t('users.roles')}>
        <dl className="role-list">
          {roles.map((role) => (
            <div key={role}>
              <dt>{t(`role.${role}`)}</dt>
              <dd className="quiet">{t(`role.${role}-may`)}</dd>
            </div>
          ))}
        </dl>
      </Panel>
      <NewUser open={adding} close={() => setAdding(false)} onAdded={again} />
      <PasswordDialog name={resetting} close={() => setResetting(undefined)} change={change} />
    </div>
  )
}
