/** Looks ahead in a text so that the sum of all looks is linear in its length. */
export class Look {
  private readonly none = new Map<string, number>();
  private effort: number;

  constructor(readonly text: string) {
    this.effort = 20 * text.length + 10_000;
  }

  /** Whether a rule may still look so far. */
  spend(units: number): boolean {
    this.effort -= units;
    return this.effort >= 0;
  }

  /** Where `sign` stands next, or -1: that there is none is found out once. */
  next(sign: string, from: number): number {
    if (from >= (this.none.get(sign) ?? Number.POSITIVE_INFINITY)) return -1;
    const at = this.text.indexOf(sign, from);
    if (at < 0) this.none.set(sign, from);
    return at;
  }
}
