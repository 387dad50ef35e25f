/** How much evidence of misbehaviour a block may carry. */

/** CONSENSUS: an eighth of a block, 64 KiB at most; CometBFT refuses parameters where it exceeds the block. */
export function evidenceBytes(maxBlockBytes: number): number {
  return Math.min(65_536, Math.floor(maxBlockBytes / 8))
}
