/** Codes as a person types them, one after the other. */

/** `A, B、C` as codes: parted by commas, semicolons, spaces or lines of either script; none twice. */
export function codesIn(text: string): string[] {
  return [...new Set(text.split(/[\s,;，；、]+/).filter((code) => code !== ''))]
}
