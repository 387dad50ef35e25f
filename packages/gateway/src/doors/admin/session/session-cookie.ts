/** The session cookie: HttpOnly, SameSite=Strict, only for `/api`; and the CSRF token that belongs to it. */
import { createHash, timingSafeEqual } from 'node:crypto'

const cookie = 'meridian_session'

/** The header that sets it. A session cookie: it ends with the browser, or when the vault says the token is over. */
export function setSessionCookie(token: string, secure: boolean): string {
  return `${cookie}=${token}; Path=/api; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
}

/** The header that takes it away. */
export function clearSessionCookie(secure: boolean): string {
  return `${setSessionCookie('', secure)}; Max-Age=0`
}

/** The token from a `Cookie` header, if there is one of a token's form. */
export function readSessionCookie(header: string | undefined): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2)
    if (key === cookie && value !== undefined && /^[\w.~+/-]{16,512}$/.test(value)) return value
  }
  return undefined
}

/** A page of ours learns it at sign-in and sends it back in `x-csrf-token`; another site can do neither. */
export function csrfTokenOf(token: string): string {
  return createHash('sha256').update(`meridian-console-csrf\0${token}`).digest('base64url')
}

/** Compares a header with {@link csrfTokenOf} in constant time. */
export function isCsrfToken(given: string | string[] | undefined, token: string): boolean {
  const [a, b] = [Buffer.from(typeof given === 'string' ? given : ''), Buffer.from(csrfTokenOf(token))]
  return a.length === b.length && timingSafeEqual(a, b)
}
