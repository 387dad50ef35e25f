/** What the page of standards needs of the node: documents of what it holds, as its operations answer them. */

/** Hashes are hex. `undefined`: this node holds no such package. */
export interface StandardsNeed {
  /** `{standardsSetHash, items}`: every package held, and which are in force. */
  list(): Promise<object>
  /** One package, with what its vectors give here. */
  show(hash: string): Promise<object | undefined>
  /** What changed from one package to another of the same kind, with how many of the own records hold each element. */
  changes(before: string, after: string): Promise<object | undefined | 'other-kind'>
  /** `{items}`: inputs that two packages in force answer differently. */
  conflicts(): Promise<object>
}
