/** A field of a form under its name. */
import { type ReactNode, useId } from 'react'
import './labelled.css'

/** `children` makes the field and gives it the id, so that a press on the name reaches it. `about` stands below. */
export function Labelled({
  name,
  about,
  wide = false,
  children,
}: {
  name: string
  about?: string
  wide?: boolean
  children: (id: string) => ReactNode
}) {
  const id = useId()
  return (
    <div className={wide ? 'labelled labelled-wide' : 'labelled'}>
      <label htmlFor={id}>{name}</label>
      {children(id)}
      {about !== undefined && <span className="labelled-about">{about}</span>}
    </div>
  )
}
