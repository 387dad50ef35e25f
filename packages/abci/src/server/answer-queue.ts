/** Answers of one connection in the order of its requests, whatever order they become ready in. */

/** A place for each request, and the ready ones from the front. */
export interface AnswerQueue {
  /** Places without an answer. */
  readonly underWay: number
  /** Places not yet taken, with and without an answer. */
  readonly length: number
  /** A place for the next answer; call what is returned once. */
  open(): (frame: Uint8Array) => void
  /** The answers up to the first that is missing. */
  takeReady(): Uint8Array[]
}

/** An empty queue. */
export function createAnswerQueue(): AnswerQueue {
  const places: { frame: Uint8Array | undefined }[] = []
  let underWay = 0
  return {
    get underWay() {
      return underWay
    },
    get length() {
      return places.length
    },
    open() {
      const place: { frame: Uint8Array | undefined } = { frame: undefined }
      places.push(place)
      underWay++
      return (frame) => {
        place.frame = frame
        underWay--
      }
    },
    takeReady() {
      let count = 0
      while (places[count]?.frame !== undefined) count++
      return places.splice(0, count).map((place) => place.frame as Uint8Array)
    },
  }
}
