/** The frame around every page: the way past the navigation, navigation, top bar, the page. */
import type { ReactNode } from 'react'
import { useSession } from '../api/session.tsx'
import { type PageName, pagesOf } from '../route/route.ts'
import { useWords } from '../words/words.tsx'
import { Alarms } from './alarms.tsx'
import './frame.css'
import { Mark } from './mark.tsx'
import { Navigation } from './navigation.tsx'
import { TopBar } from './top-bar.tsx'

/** `present` is the page in the navigation that is marked. */
export function Frame({ present, children }: { present: PageName; children: ReactNode }) {
  const { session } = useSession()
  const { t } = useWords()
  const toContent = () => document.querySelector<HTMLElement>('main h1')?.focus()
  return (
    <div className="frame">
      <button type="button" className="skip" onClick={toContent}>
        {t('frame.skip')}
      </button>
      <div className="side">
        <div className="brand">
          <Mark />
          <span>
            <b>子午</b> Meridian
          </span>
        </div>
        <Navigation pages={session === undefined ? [] : pagesOf(session.person.role)} present={present} />
        <p className="side-foot">{t('frame.promise')}</p>
      </div>
      <div className="body">
        <TopBar />
        <Alarms />
        <main>{children}</main>
      </div>
    </div>
  )
}
