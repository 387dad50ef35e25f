/** Ascending whole numbers in few bytes: the differences as LEB128. */

/** A list that grows at its end. */
export interface NumberList {
  bytes: Uint8Array
  length: number
  last: number
}

/** An empty list. */
export const emptyNumberList = (): NumberList => ({ bytes: new Uint8Array(8), length: 0, last: -1 })

/** Adds a number above the last one; the same one again is nothing new. */
export function addNumber(list: NumberList, value: number): void {
  if (value === list.last) return
  let rest = value - list.last - 1
  if (list.length + 5 > list.bytes.length) {
    const grown = new Uint8Array(list.bytes.length * 2 + 5)
    grown.set(list.bytes)
    list.bytes = grown
  }
  while (rest > 0x7f) {
    list.bytes[list.length++] = (rest & 0x7f) | 0x80
    rest >>>= 7
  }
  list.bytes[list.length++] = rest
  list.last = value
}

/** Its bytes. */
export const numberListBytes = (list: NumberList): Uint8Array => list.bytes.slice(0, list.length)

/** Calls `each` with every number. */
export function eachNumber(bytes: Uint8Array, each: (value: number) => void): void {
  let last = -1
  let rest = 0
  let shift = 0
  for (const byte of bytes) {
    rest += (byte & 0x7f) * 2 ** shift
    if (byte > 0x7f) {
      shift += 7
      continue
    }
    last += rest + 1
    each(last)
    rest = 0
    shift = 0
  }
}
