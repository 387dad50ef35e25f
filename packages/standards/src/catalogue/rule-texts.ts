/** FHIR R4's invariants in Chinese, by rule name; the English sentence is the standard's own. */
export const ruleTexts: Readonly<Record<string, string>> = {}
