/**
 * The host's text coders, which protocol uses where a host has them and does without where the ledger runs. Declared here
 * only so that protocol's source can be checked without the types of any host; the ledger itself must not use them.
 */
declare const TextEncoder: new () => {
  encode(text: string): Uint8Array
  encodeInto(text: string, target: Uint8Array): { read: number; written: number }
}
declare const TextDecoder: new (
  label?: string,
  options?: { fatal?: boolean; ignoreBOM?: boolean },
) => { decode(bytes: Uint8Array): string }
