/** A panel of a page: a heading, something at its right, and what is in it. */
import { type ReactNode, useId } from 'react'

/** `flush` leaves the padding out, for tables and lists that have their own. */
export function Panel({
  title,
  aside,
  flush = false,
  className = '',
  children,
}: {
  title: ReactNode
  aside?: ReactNode
  flush?: boolean
  className?: string
  children: ReactNode
}) {
  const id = useId()
  return (
    <section className={`panel ${className}`} aria-labelledby={id}>
      <div className="panel-head">
        <h2 id={id}>{title}</h2>
        {aside !== undefined && <div className="panel-aside">{aside}</div>}
      </div>
      {flush ? children : <div className="panel-body">{children}</div>}
    </section>
  )
}
