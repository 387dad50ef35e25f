/** A time as hospital systems write it: local, `2026-03-02 14:05:33`; the full instant is in the title. */

const two = (n: number) => String(n).padStart(2, '0')

/** The local date and time of an ISO 8601 instant; a text that is only a date stays as it is. */
export function localTime(iso: string): string {
  if (!iso.includes('T')) return iso
  const d = new Date(iso)
  if (Number.isNaN(d.getTime())) return iso
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`
}

/** Shows a time, or a dash when there is none. */
export function When({ iso }: { iso: string | null | undefined }) {
  if (iso === null || iso === undefined) return <span className="quiet">–</span>
  return (
    <time className="num nowrap" dateTime={iso} title={iso}>
      {localTime(iso)}
    </time>
  )
}
