/** A process that was killed leaves its socket file behind, and a new one could not listen there. */
import { lstat, unlink } from 'node:fs/promises'
import { connect } from 'node:net'

/** Removes the socket file at `path` when nobody listens on it. Leaves everything else as it is. */
export async function removeStaleSocket(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined)
  if (found?.isSocket() && (await answerOf(path)) === 'ECONNREFUSED') await unlink(path)
}

/** The error code of trying to connect; `undefined` when somebody listens. */
function answerOf(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ path })
    socket.once('connect', () => {
      socket.destroy()
      resolve(undefined)
    })
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code))
  })
}
