/** Processor time and memory of a process of this machine, from the kernel's own account; zero where there is none (not Linux). */
import { readFileSync } from 'node:fs'

/** What a process has used since it began. */
export interface Usage {
  readonly cpuMs: number
  /** The most memory it held. */
  readonly peakMb: number
}

/** Ticks of the kernel's account in a second: the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100

/** Of the process `pid`. */
export function usageOf(pid: number): Usage {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may hold spaces; user and system time are the 12th and 13th field behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const ticks = Number(fields[11]) + Number(fields[12])
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return { cpuMs: (ticks * 1000) / TICKS_PER_SECOND, peakMb: Number(peak?.[1] ?? 0) / 1024 }
  } catch {
    return { cpuMs: 0, peakMb: 0 }
  }
}

/** What several processes used together. */
export function usageOfAll(pids: readonly number[]): Usage {
  const all = pids.map(usageOf)
  return {
    cpuMs: all.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    peakMb: all.reduce((sum, { peakMb }) => sum + peakMb, 0),
  }
}
