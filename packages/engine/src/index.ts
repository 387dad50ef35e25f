/** What other packages may use of `engine`. */
export type { Archive, ArchiveOptions } from './archive.ts'
export { openArchive } from './archive.ts'
export type { Clock } from './clock.ts'
export { createSystemClock } from './clock.ts'
export { fetchCometBinary } from './cometbft/binary/fetch-binary.ts'
export { checkCometVersion, findCometBinary } from './cometbft/binary/find-binary.ts'
export type { CometEngineSettings, CometOptions } from './cometbft/comet-engine.ts'
export { openCometEngine } from './cometbft/comet-engine.ts'
export type { CometEngine } from './cometbft/comet-port.ts'
export type { CometAddresses, CometSettings, StateSyncSource } from './cometbft/home/config-toml.ts'
export { nodeIdOf } from './cometbft/home/key-files.ts'
export { writeCometHome } from './cometbft/home/write-comet-home.ts'
export type { CometHome, CometKeys } from './cometbft/home/write-home.ts'
export { COMET_FOLDER } from './cometbft/home/write-home.ts'
export type { RpcAnswer, RpcCall } from './cometbft/rpc/json-rpc.ts'
export type { NetworkPeer, NetworkStatus } from './cometbft/rpc/network-status.ts'
export type { EmbeddedOptions, EmbeddedSettings } from './embedded/embedded-engine.ts'
export { openEmbeddedEngine } from './embedded/embedded-engine.ts'
export type { EmbeddedEngine } from './embedded/embedded-port.ts'
export { SIGNING_STATE_FILE } from './embedded/signing-state.ts'
export type {
  Engine,
  EngineStatus,
  Located,
  ModuleProof,
  StateRoots,
  StoredBlock,
  Submitted,
} from './engine.ts'
export type { EngineFailureCode } from './engine-failure.ts'
export { EngineFailure, isEngineFailure } from './engine-failure.ts'
export type { RememberingSuite, SignatureClaim } from './signatures/remember-signatures.ts'
export { rememberSignatures } from './signatures/remember-signatures.ts'
export type { SignatureVerifier } from './signatures/signature-verifier.ts'
export { createSignatureVerifier } from './signatures/signature-verifier.ts'
export { SNAPSHOT_FOLDER } from './snapshots/snapshot-shelf.ts'
export type {
  BlockContext,
  BlockInput,
  Misbehaviour,
  StateEntry,
  StateMachine,
  StateView,
  WantedValidator,
  WritableView,
} from './state-machine.ts'
export type { ChainVerdict, ChainVerifyOptions } from './verify/chain-verify.ts'
export { verifyChain } from './verify/chain-verify.ts'
