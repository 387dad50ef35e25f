/**
 * Assembles the WebAssembly module that runs SHA-256 (FIPS 180-4) over four messages at once, one in each 32-bit lane
 * of the SIMD registers. Generated from these few rules at start, so there is no binary to trust.
 */

/** Where the constants lie in the module's memory, and its size in 64 KiB pages; what is behind `arena` is the caller's. */
export const LANE_MEMORY = { roundConstants: 0, initialState: 256, arena: 320, pages: 64 } as const

const V128 = 0x7b
const I32 = 0x7f

type Code = readonly number[]

/** Parameters of the exported function, by local index. */
const P = { state: 0, blocks: 1, input: 2, output: 6 } as const
/** v128 locals: chaining state, working variables, message schedule, one temporary. */
const V = { state: 10, working: 18, schedule: 26, temporary: 42 } as const
/** i32 local: the address of the round constants in use. */
const ROUND_POINTER = 43

const unsigned = (value: number): Code =>
  value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]
const signed = (value: number): Code =>
  value >= -64 && value < 64 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)]
const sized = (content: Code): Code => [...unsigned(content.length), ...content]
const get = (local: number): Code => [0x20, ...unsigned(local)]
const set = (local: number): Code => [0x21, ...unsigned(local)]
const constant = (value: number): Code => [0x41, ...signed(value)]
const simd = (opcode: number): Code => [0xfd, ...unsigned(opcode)]
const at = (offset: number): Code => [2, ...unsigned(offset)]

const ADD: Code = simd(174)
const XOR: Code = simd(81)
const shiftRight = (value: Code, bits: number): Code => [...value, ...constant(bits), ...simd(173)]
const shiftLeft = (value: Code, bits: number): Code => [...value, ...constant(bits), ...simd(171)]
const rotateRight = (value: Code, bits: number): Code => [
  ...shiftRight(value, bits),
  ...shiftLeft(value, 32 - bits),
  ...simd(80),
]
const xorOf = (a: Code, b: Code, c: Code): Code => [...a, ...b, ...XOR, ...c, ...XOR]

/** Reverses the bytes of each 32-bit lane: the words of SHA-256 are big-endian. */
function swapBytes(value: Code, local: number): Code {
  const order = [3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12]
  return [...value, ...set(local), ...get(local), ...get(local), ...simd(13), ...order, ...set(local)]
}

function loadState(): Code {
  return range(8).flatMap((i) => swapBytes([...get(P.state), ...simd(9), ...at(4 * i)], V.state + i))
}

/** Word i of the block of each of the four messages into lane 0, 1, 2, 3. */
function loadWord(i: number): Code {
  let word: Code = [...get(P.input), ...simd(92), ...at(4 * i)]
  for (let lane = 1; lane < 4; lane++) {
    word = [
      ...word,
      ...set(V.temporary),
      ...get(P.input + lane),
      ...get(V.temporary),
      ...simd(86),
      ...at(4 * i),
      lane,
    ]
  }
  return swapBytes(word, V.schedule + i)
}

/** One round of FIPS 180-4 §6.2.2 step 3; the names of the working variables rotate instead of their values. */
function round(i: number): Code {
  const name = (j: number): number => V.working + ((j - i + 64) % 8)
  const [a, b, c, d, e, f, g, h] = range(8).map(name) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const bigSigma1 = xorOf(rotateRight(get(e), 6), rotateRight(get(e), 11), rotateRight(get(e), 25))
  const choice: Code = [...get(f), ...get(g), ...get(e), ...simd(82)]
  const roundConstant: Code = [...get(ROUND_POINTER), ...simd(9), ...at(4 * i)]
  const bigSigma0 = xorOf(rotateRight(get(a), 2), rotateRight(get(a), 13), rotateRight(get(a), 22))
  // Majority: where a and b agree it is b, elsewhere c.
  const majority: Code = [...get(c), ...get(b), ...get(a), ...get(b), ...XOR, ...simd(82)]
  return [
    ...get(h),
    ...bigSigma1,
    ...ADD,
    ...choice,
    ...ADD,
    ...roundConstant,
    ...get(V.schedule + i),
    ...ADD,
    ...ADD,
    ...set(V.temporary),
    ...get(d),
    ...get(V.temporary),
    ...ADD,
    ...set(d),
    ...get(V.temporary),
    ...bigSigma0,
    ...ADD,
    ...majority,
    ...ADD,
    ...set(h),
  ]
}

/** The next sixteen words of the message schedule, in place (FIPS 180-4 §6.2.2 step 1). */
function expandSchedule(i: number): Code {
  const word = (j: number): Code => get(V.schedule + ((i + j) % 16))
  const sigma0 = xorOf(rotateRight(word(1), 7), rotateRight(word(1), 18), shiftRight(word(1), 3))
  const sigma1 = xorOf(rotateRight(word(14), 17), rotateRight(word(14), 19), shiftRight(word(14), 10))
  return [...word(0), ...word(9), ...ADD, ...sigma0, ...ADD, ...sigma1, ...ADD, ...set(V.schedule + i)]
}

function compressBlock(): Code {
  const sixteen = range(16)
  return [
    ...sixteen.flatMap(loadWord),
    ...range(8).flatMap((i) => [...get(V.state + i), ...set(V.working + i)]),
    ...constant(LANE_MEMORY.roundConstants),
    ...set(ROUND_POINTER),
    0x02,
    0x40,
    0x03,
    0x40,
    ...sixteen.flatMap(round),
    ...get(ROUND_POINTER),
    ...constant(64),
    0x6a,
    0x22,
    ...unsigned(ROUND_POINTER),
    ...constant(LANE_MEMORY.roundConstants + 256),
    0x46,
    0x0d,
    1,
    ...sixteen.flatMap(expandSchedule),
    0x0c,
    0,
    0x0b,
    0x0b,
    ...range(8).flatMap((i) => [...get(V.state + i), ...get(V.working + i), ...ADD, ...set(V.state + i)]),
  ]
}

function storeState(): Code {
  return range(8).flatMap((i) => [
    ...swapBytes(get(V.state + i), V.temporary),
    ...range(4).flatMap((lane) => [
      ...get(P.output + lane),
      ...get(V.temporary),
      ...simd(90),
      ...at(4 * i),
      lane,
    ]),
  ])
}

function functionBody(): Code {
  const advance = range(4).flatMap((lane) => [
    ...get(P.input + lane),
    ...constant(64),
    0x6a,
    ...set(P.input + lane),
  ])
  return [
    2,
    33,
    V128,
    1,
    I32,
    ...loadState(),
    0x03,
    0x40,
    ...compressBlock(),
    ...advance,
    ...get(P.blocks),
    ...constant(1),
    0x6b,
    0x22,
    ...unsigned(P.blocks),
    0x0d,
    0,
    0x0b,
    ...storeState(),
    0x0b,
  ]
}

const named = (name: string): Code => sized([...name].map((letter) => letter.charCodeAt(0)))

/** The module: exports `memory` and `digest4(state, blocks, in0…in3, out0…out3)`. */
export function assembleLanesModule(): Uint8Array {
  const section = (id: number, content: Code): Code => [id, ...sized(content)]
  return Uint8Array.from([
    0x00,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0,
    ...section(1, [1, 0x60, 10, ...range(10).map(() => I32), 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 1, ...unsigned(LANE_MEMORY.pages), ...unsigned(LANE_MEMORY.pages)]),
    ...section(7, [2, ...named('memory'), 2, 0, ...named('digest4'), 0, 0]),
    ...section(10, [1, ...sized(functionBody())]),
  ])
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i)
}
