/** A hospital system that sends made-up results over MLLP and remembers what was acknowledged. */
import { createConnection } from 'node:net'
import { oru } from '../../src/sample-day/hl7-messages.ts'
import { people } from '../../src/sample-day/people.ts'
import { seeded } from '../../src/sample-day/seeded.ts'

/** One message and the id that its acknowledgement names. */
export interface Message {
  readonly controlId: string
  readonly text: string
}

/** `count` messages, each of its own person and order with two results, the same for the same seed. */
export function messagesOf(seed: number, count: number): Message[] {
  return people(seeded(seed), count).map((person, i) => {
    const controlId = `F${seed}-${i}`
    const head = { controlId, time: '20261123083000', application: 'LIS', kind: 'ORU^R01' }
    const order = { id: `${seed}-${i}`, code: 'LIVER', name: '肝功能' }
    const result = { code: 'ALT', name: '丙氨酸氨基转移酶', value: '40', unit: 'U/L', range: '9-50' }
    const other = { code: 'AST', name: '门冬氨酸氨基转移酶', value: '41', unit: 'U/L', range: '15-40' }
    return { controlId, text: oru(head, person, order, [result, other]) }
  })
}

/** MSA-1 of a message that is kept: its MSH-15 asks for the commit acknowledgement. */
export const KEPT = 'CA'

const START = '\u000b'
const END = '\u001c\r'

/**
 * Sends the messages in order over one connection, each when the one before was answered, until all are or the connection
 * breaks. `onAnswer` gets the code of MSA-1 and the control id of MSA-2. Never rejects: what was not answered is not known.
 * `isEnough` ends the load early.
 */
export function send(
  port: number,
  messages: readonly Message[],
  onAnswer: (code: string, controlId: string) => void,
  isEnough: () => boolean = () => false,
): Promise<void> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1')
    let next = 0
    let said = ''
    const sendNext = () => {
      const message = isEnough() ? undefined : messages[next++]
      if (message === undefined) socket.end()
      else socket.write(START + message.text + END)
    }
    socket.setEncoding('utf8')
    socket.on('connect', sendNext)
    socket.on('data', (chunk: string) => {
      said += chunk
      for (let end = said.indexOf(END); end >= 0; end = said.indexOf(END)) {
        const [, code = '', controlId = ''] = /MSA\|(\w\w)\|([^|\r]*)/.exec(said.slice(0, end)) ?? []
        said = said.slice(end + END.length)
        onAnswer(code, controlId)
        sendNext()
      }
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve())
  })
}

/** The same over several connections at once. */
export async function sendAll(
  port: number,
  messages: readonly Message[],
  onAnswer: (code: string, controlId: string) => void,
  isEnough?: () => boolean,
): Promise<void> {
  const lanes = 4
  await Promise.all(
    Array.from({ length: lanes }, (_, lane) =>
      send(
        port,
        messages.filter((_message, i) => i % lanes === lane),
        onAnswer,
        isEnough,
      ),
    ),
  )
}
