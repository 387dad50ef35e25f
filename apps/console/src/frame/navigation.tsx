/** The navigation: at the side on a wide screen, along the bottom on a narrow one. */
import type { PageName } from '../route/route.ts'
import { routeTo } from '../route/route.ts'
import { Icon } from '../show/icon.tsx'
import { useWords } from '../words/words.tsx'

/** Links to the pages a role has; the present one is marked. */
export function Navigation({ pages, present }: { pages: readonly PageName[]; present: PageName }) {
  const { t } = useWords()
  return (
    <nav className="nav" aria-label={t('frame.navigation')}>
      <ul>
        {pages.map((page) => (
          <li key={page}>
            <a href={routeTo(page)} aria-current={page === present ? 'page' : undefined}>
              <Icon name={page} size={18} />
              <span>{t(`page.${page}`)}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
