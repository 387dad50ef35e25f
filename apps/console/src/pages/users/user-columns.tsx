/** The columns of the list of users, with what can be changed in place. */
import { Button, Select, Switch } from 'antd'
import type { Role, UserDocument } from '../../api/documents.ts'
import type { Column } from '../../show/adaptive-table.tsx'
import { When } from '../../show/when.tsx'
import type { Words } from '../../words/words.tsx'

const roles: readonly Role[] = ['administrator', 'clerk', 'researcher', 'auditor']

/** `change` writes at once; `reset` opens the dialog for a new password. */
export function userColumns(
  { t }: Words,
  change: (name: string, changes: object) => void,
  reset: (name: string) => void,
): Column<UserDocument>[] {
  return [
    {
      key: 'name',
      title: t('users.name'),
      lead: true,
      render: (user) => (
        <>
          <b>{user.displayName}</b> <span className="mono quiet">{user.name}</span>
        </>
      ),
    },
    {
      key: 'role',
      title: t('users.role'),
      render: (user) => (
        <Select
          size="small"
          className="user-role"
          aria-label={`${t('users.role')}: ${user.displayName}`}
          value={user.role}
          onChange={(role) => change(user.name, { role })}
          options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
        />
      ),
    },
    {
      key: 'active',
      title: t('users.active'),
      render: (user) => (
        <Switch
          size="small"
          aria-label={`${t('users.active')}: ${user.displayName}`}
          checked={!user.disabled}
          onChange={(active) => change(user.name, { disabled: !active })}
        />
      ),
    },
    { key: 'created', title: t('users.created'), render: (user) => <When iso={user.createdTime} /> },
    {
      key: 'locked',
      title: t('users.locked-until'),
      hideWhenNarrow: true,
      render: (user) => <When iso={user.lockedUntil} />,
    },
    {
      key: 'password',
      title: t('sign-in.password'),
      render: (user) => (
        <Button size="small" onClick={() => reset(user.name)}>
          {t('users.new-password')}
        </Button>
      ),
    },
  ]
}
