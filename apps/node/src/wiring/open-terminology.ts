/** The terminology of a home, open as long as the node is. */
import { openDiskStore, openTerminology, type Terminology } from '@meridian/standards/terminology'
import type { Clock } from '@meridian/vault'
import type { Home } from '../home/home.ts'
import type { Closers } from './closers.ts'

/** What is shipped and what was imported into the home; an import of another process counts at once. */
export function openOwnTerminology(home: Home, clock: Clock, closers: Closers): Terminology {
  const disk = openDiskStore(home.terminology)
  closers.add(() => disk.close())
  return openTerminology({ disk, today: () => clock.now().toISOString().slice(0, 10) })
}
