/** Calls of the admin door. The session is a cookie the page cannot read; a change carries the CSRF token in a header. */
import { type Answer, type Refused, unreachable } from './answer.ts'

/** The four verbs the door uses. Paths start with `/api`. */
export interface Client {
  get<T>(path: string, signal?: AbortSignal): Promise<Answer<T>>
  /** A file whose bytes are compared, exactly as the door sends it. */
  getBytes(path: string): Promise<Answer<Uint8Array>>
  post<T>(path: string, body?: object): Promise<Answer<T>>
  patch<T>(path: string, body: object): Promise<Answer<T>>
  remove(path: string): Promise<Answer<undefined>>
}

/** Makes a client; `csrf` is asked before each change, `onSignedOut` is told when the session is over. */
export function createClient(csrf: () => string | undefined, onSignedOut: () => void): Client {
  async function call<T>(request: Call, read: (response: Response) => Promise<T>): Promise<Answer<T>> {
    let answer: Answer<T>
    try {
      answer = await readAnswer(await send(request, csrf()), read)
    } catch {
      return { ok: false, refused: unreachable }
    }
    if (!answer.ok && answer.refused.code === 'session.required') onSignedOut()
    return answer
  }
  return {
    get: <T>(path: string, signal?: AbortSignal) => call({ method: 'GET', path, signal }, readJson<T>),
    getBytes: (path) => call({ method: 'GET', path }, readBytes),
    post: <T>(path: string, body?: object) => call({ method: 'POST', path, body }, readJson<T>),
    patch: <T>(path: string, body: object) => call({ method: 'PATCH', path, body }, readJson<T>),
    remove: (path) => call({ method: 'DELETE', path }, readJson<undefined>),
  }
}

interface Call {
  readonly method: string
  readonly path: string
  readonly body?: object | undefined
  readonly signal?: AbortSignal | undefined
}

function send({ method, path, body, signal }: Call, csrf: string | undefined): Promise<Response> {
  return fetch(path, {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(method === 'GET' || csrf === undefined ? {} : { 'x-csrf-token': csrf }),
    },
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
  })
}

const readBytes = async (response: Response) => new Uint8Array(await response.arrayBuffer())
const readJson = async <T>(response: Response) =>
  (response.status === 204 ? undefined : await response.json()) as T

async function readAnswer<T>(response: Response, read: (r: Response) => Promise<T>): Promise<Answer<T>> {
  if (response.ok) return { ok: true, value: await read(response) }
  try {
    const document = (await response.json()) as Omit<Refused, 'status'>
    return { ok: false, refused: { ...document, status: response.status } }
  } catch {
    return { ok: false, refused: { ...unreachable, status: response.status } }
  }
}
