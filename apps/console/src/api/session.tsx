/** The session for the whole page: who is signed in, the client that carries it, signing in and out. */
import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from 'react'
import type { Answer } from './answer.ts'
import { type Client, createClient } from './client.ts'
import type { SessionDocument } from './documents.ts'

/** `session` is undefined when nobody is signed in. */
export interface SessionState {
  readonly session: SessionDocument | undefined
  readonly client: Client
  signIn(name: string, password: string): Promise<Answer<SessionDocument>>
  signOut(): Promise<void>
}

const SessionContext = createContext<SessionState | undefined>(undefined)

/** Asks the door once who is signed in; shows `children` only then. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [session, setSession] = useState<SessionDocument | undefined>()
  const [known, setKnown] = useState(false)
  const csrf = useRef<string | undefined>(undefined)
  const state = useMemo<SessionState>(() => {
    const keep = (next: SessionDocument | undefined) => {
      csrf.current = next?.csrf
      setSession(next)
    }
    const client = createClient(
      () => csrf.current,
      () => keep(undefined),
    )
    return {
      session,
      client,
      async signIn(name, password) {
        const answer = await client.post<SessionDocument>('/api/session', { name, password })
        if (answer.ok) keep(answer.value)
        return answer
      },
      async signOut() {
        await client.remove('/api/session')
        keep(undefined)
      },
    }
  }, [session])
  useEffect(() => {
    const first = createClient(
      () => undefined,
      () => undefined,
    )
    first.get<SessionDocument>('/api/session').then((answer) => {
      if (answer.ok) {
        csrf.current = answer.value.csrf
        setSession(answer.value)
      }
      setKnown(true)
    })
  }, [])
  return known ? <SessionContext value={state}>{children}</SessionContext> : null
}

/** The session's state. @throws Error outside the provider. */
export function useSession(): SessionState {
  const state = use(SessionContext)
  if (state === undefined) throw new Error('useSession outside SessionProvider')
  return state
}
