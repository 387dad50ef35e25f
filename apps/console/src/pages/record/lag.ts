/** The time between two instants in words: `0.8 s`, `3 min`, `2 h`, `5 d`. */
import type { Words } from '../../words/words.tsx'

/** `undefined` when either is missing, is only a date, or they are in the other order (clocks of two systems). */
export function lagBetween(
  from: string | undefined,
  to: string | undefined,
  { t }: Words,
): string | undefined {
  if (from === undefined || to === undefined || !from.includes('T') || !to.includes('T')) return undefined
  const ms = Date.parse(to) - Date.parse(from)
  if (Number.isNaN(ms) || ms < 0) return undefined
  if (ms < 100) return t('lag.milliseconds', { n: ms })
  const seconds = ms / 1000
  if (seconds < 60) return t('lag.seconds', { n: seconds < 10 ? seconds.toFixed(1) : Math.round(seconds) })
  if (seconds < 3600) return t('lag.minutes', { n: Math.round(seconds / 60) })
  if (seconds < 172_800) return t('lag.hours', { n: Math.round(seconds / 3600) })
  return t('lag.days', { n: Math.round(seconds / 86_400) })
}
