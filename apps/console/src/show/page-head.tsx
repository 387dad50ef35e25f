/** The head of a page: its name, which takes the focus when one arrives, and a sentence about it. */
import { type ReactNode, useEffect, useRef } from 'react'

/** `extra` stands at the right. */
export function PageHead({
  title,
  about,
  extra,
}: {
  title: ReactNode
  about?: ReactNode
  extra?: ReactNode
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <header className="page-head">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {about !== undefined && <p>{about}</p>}
      {extra !== undefined && <div className="page-extra">{extra}</div>}
    </header>
  )
}
