/** The share that fails, run after run, as a small line; a table for screen readers says the same. */
import { localTime } from '../../show/when.tsx'
import { percent, type TrendPoint } from './quality-documents.ts'

const WIDTH = 600
const HEIGHT = 120

/** Points of one check or of all of them summed by run, oldest at the left. The line at the top is the largest share shown. */
export function TrendLine({ points, label }: { points: readonly TrendPoint[]; label: string }) {
  const runs = sumByRun(points)
  const top = Math.max(0.01, ...runs.map(({ share }) => share))
  const x = (i: number) => (runs.length < 2 ? WIDTH / 2 : 12 + (i * (WIDTH - 24)) / (runs.length - 1))
  const y = (share: number) => HEIGHT - 18 - (share / top) * (HEIGHT - 40)
  return (
    <figure className="trend">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <line className="trend-ground" x1="0" x2={WIDTH} y1={HEIGHT - 18} y2={HEIGHT - 18} />
        <polyline
          className="trend-line"
          points={runs.map(({ share }, i) => `${x(i)},${y(share)}`).join(' ')}
        />
        {runs.map(({ run, share, time }, i) => (
          <g key={run}>
            <circle className="trend-point" cx={x(i)} cy={y(share)} r="3.5">
              <title>{`${localTime(time)} · ${percent(share)}`}</title>
            </circle>
          </g>
        ))}
      </svg>
      <figcaption className="trend-caption quiet num">
        <span>{runs[0] === undefined ? '' : `${localTime(runs[0].time)} · ${percent(runs[0].share)}`}</span>
        <span>{lastText(runs)}</span>
      </figcaption>
      <ul className="unseen" aria-label={label}>
        {runs.map(({ run, share, time }) => (
          <li key={run}>{`${localTime(time)}: ${percent(share)}`}</li>
        ))}
      </ul>
    </figure>
  )
}

interface RunShare {
  readonly run: number
  readonly time: string
  readonly share: number
}

function lastText(runs: readonly RunShare[]): string {
  const last = runs.length > 1 ? runs.at(-1) : undefined
  return last === undefined ? '' : `${localTime(last.time)} · ${percent(last.share)}`
}

function sumByRun(points: readonly TrendPoint[]): RunShare[] {
  const runs = new Map<number, { time: string; failed: number; counted: number }>()
  for (const { run, finishedTime, failed, counted } of points) {
    const sum = runs.get(run) ?? { time: finishedTime, failed: 0, counted: 0 }
    runs.set(run, { ...sum, failed: sum.failed + failed, counted: sum.counted + counted })
  }
  return [...runs].map(([run, { time, failed, counted }]) => ({
    run,
    time,
    share: counted === 0 ? 0 : failed / counted,
  }))
}
