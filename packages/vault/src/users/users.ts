/** People and their sign-in: named users, one role each, memory-hard passwords, hashed tokens with an end. */

/** What a person may do; the doors turn a role into an access rule and a list of allowed actions. */
export type Role = 'administrator' | 'clerk' | 'researcher' | 'auditor'

/** A named person. `name` is unique in the organisation. */
export interface User {
  readonly name: string
  readonly displayName: string
  readonly role: Role
  readonly disabled: boolean
  readonly createdTime: string
  readonly lockedUntil: string | null
}

/** Who signed in, with the one and only sight of the token in clear. */
export interface Session {
  readonly token: string
  readonly user: User
  readonly expiresTime: string
}

/** `wrong` tells nothing about which of name and password it was. */
export interface SignInRefused {
  readonly refused: true
  readonly code: 'wrong' | 'locked' | 'disabled'
}

/** Why a change was not made. */
export interface UserRefused {
  readonly refused: true
  readonly code: 'name-taken' | 'name-unknown' | 'password-weak' | 'last-administrator' | 'name-malformed'
}

/** The users port. */
export interface Users {
  count(): Promise<number>
  create(user: {
    name: string
    displayName: string
    role: Role
    password: string
  }): Promise<User | UserRefused>
  list(): Promise<readonly User[]>
  /** Five failures in a row lock the name for 15 minutes. */
  signIn(name: string, password: string): Promise<Session | SignInRefused>
  /** A token for a system that cannot sign in, asked for by an administrator; it lives `lifeMs` unless the user changes. */
  issueToken(name: string, lifeMs: number): Promise<Session | UserRefused>
  /** The user of a living token of an enabled user. */
  authenticate(token: string): Promise<User | undefined>
  signOut(token: string): Promise<void>
  /** Ends all the user's tokens as well. */
  setPassword(name: string, password: string): Promise<UserRefused | undefined>
  setRole(name: string, role: Role): Promise<UserRefused | undefined>
  setDisabled(name: string, disabled: boolean): Promise<UserRefused | undefined>
}
