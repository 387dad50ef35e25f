/** Names and values one under the other: the facts of a thing. */
import type { ReactNode } from 'react'

/** Holds {@link Pair}s. */
export function Pairs({ children }: { children: ReactNode }) {
  return <dl className="pairs">{children}</dl>
}

/** One of them; nothing at all when there is no value. */
export function Pair({ name, children }: { name: string; children: ReactNode }) {
  if (children === undefined || children === null || children === false) return null
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
