/**
 * What one framed message is answered with (design: At the door): AA once it is durable in the inbox, or once its records are kept when
 * the source asks for that; AE only when it cannot be kept; AR when it is not HL7. MSH-15/16 ask for HL7's enhanced mode.
 */
import { isRoomRefusal, type RoomRefusal, refuseIn } from '../../room-refusal.ts'
import type { Arrival } from '../arrival.ts'
import type { Source } from '../source.ts'
import { type AcknowledgementCode, acknowledgementOf } from './acknowledgement.ts'
import { type Hl7Header, headerPart, readHeader } from './header.ts'
import { hl7SettingsOf } from './hl7-source.ts'

/** What became of an item after the rooms; a structural part of the corridor's outcome. */
export interface ItemEnd {
  readonly state: 'taken-in' | 'refused' | 'duplicate'
  readonly refusal?: RoomRefusal
}

/** An item that is durable; `outcome` comes later. */
export interface KeptArrival {
  readonly outcome: Promise<ItemEnd>
}

/** Makes items durable in the inbox, in order. Rejects when it cannot keep them. Effects: inbox. */
export type KeepArrivals = (items: readonly Arrival[]) => Promise<readonly KeptArrival[]>

/** What answers are made with. `now` gives the current time, `nextControlId` our own control id for an acknowledgement. */
export interface AnswerTools {
  readonly source: Source
  readonly keep: KeepArrivals
  readonly now: () => Date
  readonly nextControlId: () => string
}

/** Answers to the messages of one read, in order; each message has none, one or two (commit and application). */
export async function answersTo(
  messages: readonly Uint8Array[],
  firstIndex: number,
  tools: AnswerTools,
): Promise<Uint8Array[]> {
  const { charset } = hl7SettingsOf(tools.source)
  const headers = messages.map((message) => readHeader(message, charset))
  const items = messages.flatMap((message, at) => {
    const header = headers[at] as Hl7Header | RoomRefusal
    return isRoomRefusal(header) ? [] : [itemOf(message, header, { index: firstIndex + at, tools })]
  })
  const kept = items.length === 0 ? [] : await keepOrFail(items, tools)
  let next = 0
  const answers: Uint8Array[] = []
  for (const header of headers) {
    if (isRoomRefusal(header)) answers.push(answer(undefined, 'AR', tools, header))
    else answers.push(...(await answersFor(header, kept === undefined ? undefined : kept[next++], tools)))
  }
  return answers
}

// A message without a control id can be no duplicate of another; it gets an id of ours, and the next room refuses it.
function itemOf(
  message: Uint8Array,
  header: Hl7Header,
  more: { index: number; tools: AnswerTools },
): Arrival {
  const controlId = headerPart(header, 10) || `unnamed:${more.tools.nextControlId()}`
  return {
    form: 'hl7v2',
    bytes: message,
    context: { via: 'mllp' },
    position: { index: more.index },
    controlId,
  }
}

// The inbox failing is the outside failing: the sender keeps its message and sends it again.
async function keepOrFail(
  items: readonly Arrival[],
  tools: AnswerTools,
): Promise<readonly KeptArrival[] | undefined> {
  try {
    return await tools.keep(items)
  } catch {
    return undefined
  }
}

async function answersFor(
  header: Hl7Header,
  kept: KeptArrival | undefined,
  tools: AnswerTools,
): Promise<Uint8Array[]> {
  const [accept, application] = [headerPart(header, 15).toUpperCase(), headerPart(header, 16).toUpperCase()]
  const enhanced = accept !== '' || application !== ''
  const notKept = refuseIn('connect', 'hl7v2.not-kept')
  if (!enhanced) {
    if (kept === undefined) return [answer(header, 'AE', tools, notKept)]
    return [await applicationAnswer(header, kept, tools)].map((made) => made.bytes)
  }
  const committed = kept !== undefined
  const commit = wanted(accept, committed)
    ? [answer(header, committed ? 'CA' : 'CE', tools, committed ? undefined : notKept)]
    : []
  if (kept === undefined) return commit
  if (application === '' || application === 'NE') return commit
  const made = await applicationAnswer(header, kept, tools)
  return wanted(application, made.good) ? [...commit, made.bytes] : commit
}

/** Table 0155: AL always, NE never, ER only on error, SU only on success; empty means never in enhanced mode. */
function wanted(condition: string, good: boolean): boolean {
  return condition === 'AL' || (condition === 'SU' && good) || (condition === 'ER' && !good)
}

async function applicationAnswer(
  header: Hl7Header,
  kept: KeptArrival,
  tools: AnswerTools,
): Promise<{ bytes: Uint8Array; good: boolean }> {
  if (tools.source.ackAfter === 'stored') return { bytes: answer(header, 'AA', tools), good: true }
  const end = await kept.outcome
  if (end.state !== 'refused') return { bytes: answer(header, 'AA', tools), good: true }
  // The source asked to hear of bad content: AR when we do not speak the kind, AE for content (HL7 v2.8 §2.9.2.2).
  const code = end.refusal?.code === 'hl7v2.unsupported-message' ? 'AR' : 'AE'
  return { bytes: answer(header, code, tools, end.refusal), good: false }
}

/** One acknowledgement as bytes. */
export function answer(
  header: Hl7Header | undefined,
  code: AcknowledgementCode,
  tools: Pick<AnswerTools, 'now' | 'nextControlId'>,
  refusal?: RoomRefusal,
): Uint8Array {
  return acknowledgementOf(header, {
    code,
    controlId: tools.nextControlId(),
    time: hl7Time(tools.now()),
    ...(refusal === undefined ? {} : { refusal }),
  })
}

/** A time in HL7's form, in UTC. */
function hl7Time(time: Date): string {
  return `${time.toISOString().slice(0, 19).replace(/[-:T]/g, '')}+0000`
}
