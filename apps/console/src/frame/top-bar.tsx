/** The bar at the top: whose node this is, the language, who is signed in and the way out. */
import { Button } from 'antd'
import { useSession } from '../api/session.tsx'
import { Icon } from '../show/icon.tsx'
import { useWords } from '../words/words.tsx'
import { LanguageSwitch } from './language-switch.tsx'

/** Shown only to somebody signed in. */
export function TopBar() {
  const { session, signOut } = useSession()
  const { t, say } = useWords()
  if (session === undefined) return null
  const { person, organisation } = session
  return (
    <header className="top">
      <div className="top-organisation" title={organisation.id}>
        {say(organisation.names)}
      </div>
      <div className="top-right">
        <LanguageSwitch />
        <span className="top-person">
          <Icon name="person" />
          <span className="top-person-name">{person.displayName}</span>
          <span className="quiet top-person-role">{t(`role.${person.role}`)}</span>
        </span>
        <Button
          type="text"
          size="small"
          icon={<Icon name="out" />}
          onClick={signOut}
          aria-label={t('frame.sign-out')}
        >
          <span className="top-out">{t('frame.sign-out')}</span>
        </Button>
      </div>
    </header>
  )
}
