/** A rotation: what a team works day after day, over and over. */
export interface RosterCycle {
  /** Early, late, night, long day, or off. */
  readonly pattern: readonly ('early' | 'late' | 'night' | 'off')[];
  readonly teams: number;
}

export const cycleNames = ['4-teams-3-shifts', '5-teams-3-shifts', '2-on-2-off'] as const;
export type CycleName = (typeof cycleNames)[number];

const repeat = (
  runs: readonly (readonly [RosterCycle['pattern'][number], number])[],
): RosterCycle['pattern'] => runs.flatMap(([kind, days]) => Array.from({ length: days }, () => kind));

export const rosterCycles: Readonly<Record<CycleName, RosterCycle>> = {
  '4-teams-3-shifts': {
    teams: 4,
    pattern: repeat([
      ['early', 2],
      ['late', 2],
      ['night', 2],
      ['off', 2],
    ]),
  },
  '5-teams-3-shifts': {
    teams: 5,
    pattern: repeat([
      ['early', 2],
      ['late', 2],
      ['night', 2],
      ['off', 4],
    ]),
  },
  '2-on-2-off': {
    teams: 2,
    pattern: repeat([
      ['early', 2],
      ['off', 2],
    ]),
  },
};
