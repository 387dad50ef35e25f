/** The profiles a file or a source may be judged by, as a command names them. */
import { type ProfileName, profileNames } from '@meridian/standards'

/** The names, for a sentence. */
export const profiles: string = profileNames.join(', ')

/** Whether a word is one of them. */
export function isProfile(name: string): name is ProfileName {
  return (profileNames as readonly string[]).includes(name)
}
