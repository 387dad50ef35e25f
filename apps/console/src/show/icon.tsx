/** The console's icons: one stroke width, drawn here, so that nothing is fetched. Always beside words, so hidden from readers. */
const paths = {
  corridor: 'M2 5h12M2 11h12M5 5v6M9 5v2.2M9 8.8V11M13 5v6',
  records: 'M4 2h6l3 3v9H4zM10 2v3h3M6 8h5M6 11h5',
  quarantine: 'M8 2l5.5 2v4c0 3.2-2.3 5.2-5.5 6-3.2-.8-5.5-2.8-5.5-6V4zM8 5.5v3M8 10.5v.6',
  mappings: 'M2 3.500h4M2 8h4M2 12.5h4M10 3.500h4M10 8h4M10 12.5h4M6 3.500l4 4.5M6 8l4 4.5M6 12.5l4-9',
  maps: 'M5 4.5H2v7h3M11 4.5h3v7h-3M4.5 8h6.500M8.8 5.800L11 8l-2.200 2.200',
  grouper: 'M6.500 2h3v3h-3zM2 11h3v3H2zM6.500 11h3v3h-3zM11 11h3v3h-3zM8 5v6M3.500 11V8h9v3',
  terminology: 'M2.5 3h6.5l4.500 5-4.500 5H2.500zM5.500 6.500h3M5.500 9.500h3',
  standards: 'M3 2.5h7l3 3v8H3zM5.5 7h5M5.5 9.5h5M5.5 4.5h2',
  quality: 'M2.5 13.5h11M4 11V8M7 11V4.5M10 11V6.5M12.5 3l-2 2-1-1',
  ledger: 'M2 3h4v4H2zM10 3h4v4h-4zM6 9h4v4H6zM6 5h4M4 7v4h2M12 7v4h-2',
  members: 'M2 14h12M3 14V6l5-3.5L13 6v8M6.5 14v-3.5h3V14M5.5 7.5h1M9.5 7.5h1',
  votes: 'M2.5 8.5h11v5h-11zM5 8.5V3h6v5.5M6.8 5.600l1 1 1.7-1.8M2.500 11h11',
  validators: 'M2 12.5h12M3.5 12.500V8M6.5 12.500V4.5M9.5 12.500V6.5M12.5 12.500V3',
  users:
    'M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM1.5 13.5c.4-2.6 2.100-4 4.5-4s4.100 1.4 4.5 4M11 3.2a2.2 2.2 0 0 1 0 4.2M12 9.8c1.4.5 2.300 1.7 2.5 3.7',
  out: 'M9 3H3v10h6M7 8h7M11.5 5.5L14 8l-2.5 2.5',
  copy: 'M5 5h8v9H5zM3 11V2h8',
  check: 'M3 8.5l3.2 3.2L13 5',
  cross: 'M4 4l8 8M12 4l-8 8',
  dash: 'M4 8h8',
  download: 'M8 2v8M4.5 7L8 10.5 11.5 7M3 13.5h10',
  back: 'M13 8H3M6.5 4.5L3 8l3.5 3.5',
  shield: 'M8 2l5.5 2v4c0 3.2-2.300 5.2-5.5 6-3.2-.8-5.5-2.8-5.5-6V4zM5.5 8l1.8 1.8 3.4-3.4',
  device: 'M2 3h12v8H2zM6 14h4M8 11v3M4 7h2l1-2 2 4 1-2h2',
  person: 'M8 7.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4zM3 14c.4-3 2.300-4.5 5-4.5s4.6 1.5 5 4.5',
  again: 'M13 5.5A5.5 5.5 0 1 0 13.5 9M13.5 2.5v3.5H10',
} as const

/** A name in the set. */
export type IconName = keyof typeof paths

/** 16 by 16, in the colour of the text. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  )
}
