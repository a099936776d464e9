/** How much of a note search leaves out, and why. */
import { MACHINE_KINDS, type MachineKind, machineText } from './machine-text.ts';

export interface LeftOut {
  kind: MachineKind;
  /** UTF-16 units. */
  characters: number;
}

/** What search leaves out of a text, the kinds in their order; none where it reads all. Linear. */
export function leftOutOf(text: string): LeftOut[] {
  const of = new Map<MachineKind, number>();
  for (const { kind, from, to } of machineText(text)) of.set(kind, (of.get(kind) ?? 0) + to - from);
  return MACHINE_KINDS.flatMap((kind) => {
    const characters = of.get(kind) ?? 0;
    return characters > 0 ? [{ kind, characters }] : [];
  });
}

/** Characters of all kinds together. */
export const totalLeftOut = (all: readonly LeftOut[]): number =>
  all.reduce((sum, { characters }) => sum + characters, 0);
