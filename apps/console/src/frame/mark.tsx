/** The product's mark: a globe's meridians. */
export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      aria-hidden="true"
    >
      <circle cx="16" cy="16" r="12" />
      <path d="M16 1.5v29M16 4c8.5 6.5 8.5 17.5 0 24M16 4c-8.5 6.5-8.5 17.5 0 24" />
    </svg>
  )
}
