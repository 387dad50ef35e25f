/** Which results have no dimension, and which are temperatures: what lets a number stand without a unit, or forbids it. */

/** LOINC codes of counts, ratios, pH, specific gravity, scores and indexes. Facts, not content of LOINC. */
const dimensionlessCodes = new Set(
  [
    '2744-1 2745-8 2746-6 2748-2 2753-2 2756-5 5803-2 33254-4 11558-4',
    '2964-5 2965-2 5810-7 5811-5 53326-5',
    '6301-6 34714-6 38875-1 46418-0 5895-7',
    '1759-0 10834-0 9830-1 11054-4 32309-7 44733-4 3167-4',
    '30973-2 30981-5 30980-7 30954-2',
    '9269-2 9267-6 9268-4 9270-0 35088-4 48642-3 9272-6 9274-2 9271-8',
    '44261-6 55758-7 38208-5 72514-3 72172-0 59461-4',
    '11996-6 11640-0 11977-6 11612-9 82810-3',
    '48767-8 8251-1',
  ].flatMap((line) => line.split(' ')),
)

const temperatureCodes = new Set('8310-5 8328-7 8329-5 8330-3 8331-1 8332-9 8333-7 8334-5 11289-6'.split(' '))

const dimensionlessName =
  /(?:^|[^a-z])(?:ph|inr|ratio|index|score|specific gravity|a\/g|s\/co|coi)(?:$|[^a-z])|酸碱度|比值|比率|比重|指数|评分|国际标准化/i

/** Whether the thing measured has no dimension: by its code, else by its name. */
export function isDimensionless(code: string | undefined, name: string | undefined): boolean {
  if (code !== undefined && dimensionlessCodes.has(code)) return true
  return name !== undefined && dimensionlessName.test(name)
}

/** Whether the thing measured is a temperature of the body: a bare number is then never taken, not even as text. */
export function isTemperature(code: string | undefined, name: string | undefined): boolean {
  if (code !== undefined && temperatureCodes.has(code)) return true
  return name !== undefined && /体温|body temp/i.test(name)
}
