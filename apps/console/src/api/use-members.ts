/** The members of the chain, and the name of each in the console's language. */
import { useWords } from '../words/words.tsx'
import type { MembersDocument } from './consortium-documents.ts'
import { type Reading, useAnswer } from './use-answer.ts'

/** `name` gives the id itself until the members are known, and for organisations that are none. */
export interface Members extends Reading<MembersDocument> {
  name(organisation: string): string
}

/** Reads them once. */
export function useMembers(): Members {
  const { say } = useWords()
  const reading = useAnswer<MembersDocument>('/api/members')
  const name = (organisation: string): string => {
    const member = reading.value?.items.find((each) => each.organisation === organisation)
    return member === undefined ? organisation : say(member.names)
  }
  return { ...reading, name }
}
