/** A hundred blocks in one strip: a bar for each, oldest at the left. What it shows is also said in words. */

const kinds: Readonly<Record<string, string>> = { s: 'strip-signed', n: 'strip-nil', m: 'strip-missed' }

/** The newest is always at the right edge. Heights of the bars repeat the colours. */
export function SigningStrip({ signed, label }: { signed: string; label: string }) {
  return (
    <svg
      className="strip"
      viewBox={`0 0 ${WINDOW * 4} 20`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <rect className="strip-ground" width={WINDOW * 4} height="20" />
      {barsOf(signed).map(({ x, kind, height }) => (
        <rect key={x} className={kind} x={x} y={20 - height} width="3" height={height} />
      ))}
    </svg>
  )
}

const WINDOW = 100

function barsOf(signed: string) {
  const blank = Math.max(0, WINDOW - signed.length)
  return [...signed].flatMap((letter, i) => {
    const kind = kinds[letter]
    return kind === undefined ? [] : [{ x: (blank + i) * 4, kind, height: letter === 's' ? 20 : 9 }]
  })
}
