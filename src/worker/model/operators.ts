/** As the runtime words it when a model needs what it does not have. */
const WORDINGS = [
  /Could not find an implementation for ([\w.:]+)\(/,
  /No Op registered for ([\w.:]+) with/,
  /([\w.:]+)\(-?\d+\) is not a registered function\/op/,
  /No opset import for domain '?([\w.]+)/,
  /unsupported operator:? '?([\w.:]+)/i,
];

/** The operator that a model could not be loaded for, by the runtime's own words; null for others. */
export function unknownOperator(thrown: unknown): string | null {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  for (const wording of WORDINGS) {
    const name = wording.exec(message)?.[1];
    if (name) return name;
  }
  return null;
}
