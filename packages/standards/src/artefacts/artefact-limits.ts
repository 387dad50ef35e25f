/** Bounds of one artefact package, so that bytes from outside cost a bounded amount of memory and time. */
export const artefactLimits = Object.freeze({
  manifestBytes: 256 * 1024,
  files: 64,
  fileBytes: 128 * 1024 * 1024,
  packageBytes: 256 * 1024 * 1024,
  dependencies: 256,
  vectors: 10_000,
  vectorBytes: 8 * 1024 * 1024,
  vectorSeconds: 60,
})
