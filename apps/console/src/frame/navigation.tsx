/** The navigation: at the side on a wide screen, along the bottom on a narrow one. */
import { useEffect, useRef } from 'react'
import type { PageName } from '../route/route.ts'
import { routeTo } from '../route/route.ts'
import { Icon } from '../show/icon.tsx'
import { useWords } from '../words/words.tsx'

/** Links to the pages a role has; the present one is marked. */
export function Navigation({ pages, present }: { pages: readonly PageName[]; present: PageName }) {
  const { t } = useWords()
  const list = useRef<HTMLUListElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the mark moves with the page.
  useEffect(() => {
    // On a narrow screen the row scrolls; on a wide one nothing moves.
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [present])
  return (
    <nav className="nav" aria-label={t('frame.navigation')}>
      <ul ref={list}>
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
