/**
 * Statements that were seen: each is decoded once and its signature verified once, when it first arrives, off the main loop. A
 * hint that never changes a result: the whole bytes are compared, and what is forgotten is computed again.
 */
import { decodeStatement, isRefusal, type Suite } from '@meridian/protocol'
import { endName } from '../../byte-name.ts'
import type { OrderedStatement } from '../../execute-block.ts'
import type { SignatureVerifier } from '../../signatures/signature-verifier.ts'
import type { StateMachine, StateView } from '../../state-machine.ts'

/** The memory. */
export interface KnownStatements {
  /** Decodes `bytes`, or remembers having done so. */
  read(bytes: Uint8Array): KnownStatement
  /** They stand in a block: nobody will ask soon. */
  forget(transactions: readonly Uint8Array[]): void
  /**
   * Resolves to one verdict for each, in order: whether the signature verifies under the key that `view` knows. Many are
   * verified together on another thread.
   */
  verify(view: StateView, statements: readonly KnownStatement[]): Promise<readonly boolean[]>
}

/** One transaction, decoded. */
export interface KnownStatement extends OrderedStatement {
  /** Its signature verified under the key it names. A key id is the hash of its key, so this never changes again. */
  isVerified: boolean
  /** The height on whose state the rules took it, and when: they need not be asked again there at once. */
  passedAt: { readonly height: bigint; readonly ms: number } | undefined
}

/** What the memory needs. */
export interface KnownParts {
  readonly suite: Suite
  readonly machine: StateMachine
  readonly verifyAhead: SignatureVerifier['verifyAhead'] | undefined
}

/** More than wait anywhere at one time; an entry holds a statement's bytes, some 500 of them. */
const CAPACITY = 32_768

const SIGNATURE_BYTES = 64

/** An empty memory. */
export function createKnownStatements(parts: KnownParts): KnownStatements {
  const byName = new Map<string, KnownStatement>()
  return {
    read(bytes) {
      const name = nameOf(bytes)
      const known = byName.get(name)
      if (known !== undefined && Buffer.compare(known.bytes, bytes) === 0) return known
      const own = ownBytes(bytes)
      const fresh = {
        bytes: own,
        statement: decodeStatement(parts.suite, own),
        isVerified: false,
        passedAt: undefined,
      }
      if (isRefusal(fresh.statement)) return fresh
      if (byName.size >= CAPACITY) forgetOldest(byName)
      byName.set(name, fresh)
      return fresh
    },
    forget(transactions) {
      for (const bytes of transactions) byName.delete(nameOf(bytes))
    },
    async verify(view, statements) {
      // PERF: by the time of its block nearly every statement is known, and a promise for each is not free.
      const news = statements.filter(({ isVerified }) => !isVerified)
      if (news.length === 0) return statements.map(() => true)
      const [only] = statements
      if (statements.length === 1 && only !== undefined) return [await verify(parts, view, only)]
      const verdicts = await Promise.all(news.map((each) => verify(parts, view, each)))
      const byStatement = new Map(news.map((each, i) => [each, verdicts[i] === true]))
      return statements.map((each) => byStatement.get(each) ?? true)
    },
  }
}

/** A request's bytes are a view into a frame that may hold many others. PERF: short arrays come out of Node's pool. */
function ownBytes(bytes: Uint8Array): Uint8Array {
  const { buffer, byteOffset } = Buffer.from(bytes)
  return new Uint8Array(buffer, byteOffset, bytes.length)
}

async function verify(parts: KnownParts, view: StateView, known: KnownStatement): Promise<boolean> {
  const { suite, machine, verifyAhead } = parts
  const { statement } = known
  if (isRefusal(statement)) return false
  if (known.isVerified) return true
  // A machine that names no keys looks at no signatures.
  if (machine.signingKey === undefined) {
    known.isVerified = true
    return true
  }
  const publicKey = machine.signingKey(view, statement)
  if (publicKey === undefined) return false
  const claim = { publicKey, message: statement.sigStructure, signature: statement.signature }
  await verifyAhead?.(claim)
  known.isVerified = suite.verifyStatementSignature(publicKey, claim.message, claim.signature)
  return known.isVerified
}

/** A signature stands at the end of a COSE_Sign1 and differs from any other's. */
function nameOf(bytes: Uint8Array): string {
  return endName(bytes, SIGNATURE_BYTES)
}

function forgetOldest(byName: Map<string, KnownStatement>): void {
  for (const name of byName.keys()) {
    byName.delete(name)
    return
  }
}
