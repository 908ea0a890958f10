import { text, type Text } from '../kernel/text.ts';

/** A rotation: what a team works day after day, over and over. */
export interface RosterCycle {
  readonly name: Text;
  /** Early, late, night, long day, or off. */
  readonly pattern: readonly ('early' | 'late' | 'night' | 'off')[];
  readonly teams: number;
}

export const cycleNames = ['4-teams-3-shifts', '5-teams-3-shifts', '2-on-2-off'] as const;
export type CycleName = (typeof cycleNames)[number];

const repeat = (runs: readonly (readonly [RosterCycle['pattern'][number], number])[]): RosterCycle['pattern'] =>
  runs.flatMap(([kind, days]) => Array.from({ length: days }, () => kind));

export const rosterCycles: Readonly<Record<CycleName, RosterCycle>> = {
  '4-teams-3-shifts': {
    name: text('四班三运转', 'Four teams on three shifts'),
    teams: 4,
    pattern: repeat([
      ['early', 2],
      ['late', 2],
      ['night', 2],
      ['off', 2],
    ]),
  },
  '5-teams-3-shifts': {
    name: text('五班三运转', 'Five teams on three shifts'),
    teams: 5,
    pattern: repeat([
      ['early', 2],
      ['late', 2],
      ['night', 2],
      ['off', 4],
    ]),
  },
  '2-on-2-off': {
    name: text('做二休二', 'Two days on, two off'),
    teams: 2,
    pattern: repeat([
      ['early', 2],
      ['off', 2],
    ]),
  },
};

/** The rotation that a name means, in either language; undefined: none. */
export const cycleNamed = (said: string): CycleName | undefined =>
  cycleNames.find((key) => {
    const { name } = rosterCycles[key];
    return key === said || name['zh-CN'] === said || name.en.toLowerCase() === said.toLowerCase();
  });
