/** What a team works on a day of a rotation. */
export type CycleDay = 'early' | 'late' | 'night' | 'off';

/** A rotation: what a team works day after day, over and over. Teams start it in turn, at even distances. */
export interface RosterCycle {
  readonly pattern: readonly CycleDay[];
  readonly teams: number;
}

export const cycleNames = ['4-teams-3-shifts', '5-teams-3-shifts', '2-on-2-off'] as const;
export type CycleName = (typeof cycleNames)[number];

/** A rotation of one's own: a letter for every day of it. */
export const cycleLetters: Readonly<Record<CycleDay, string>> = {
  early: 'E',
  late: 'L',
  night: 'N',
  off: 'O',
};

const patterns: Readonly<Record<CycleName, string>> = {
  '4-teams-3-shifts': 'EELLNNOO',
  '5-teams-3-shifts': 'EELLNNOOOO',
  '2-on-2-off': 'EEOO',
};

/** Days that a rotation may have. */
export const mostCycleDays = 56;

/** A rotation's name, or its days as letters, of which some are worked and some are off. */
export const cycleText = new RegExp(
  `^(?:${cycleNames.join('|')}|(?=.*[ELN])(?=.*O)[ELNO]{2,${mostCycleDays}})$`,
);

export const isCycleName = (cycle: string): cycle is CycleName =>
  (cycleNames as readonly string[]).includes(cycle);

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));

/** Days between one team's start and the next's: the most that every block of equal days is a multiple of. */
const stepOf = (letters: readonly string[]): number => {
  const begins = [...letters.keys()].filter((day) => letters[day] !== letters.at(day - 1));
  const lengths = begins.map((day, at) => (begins[at + 1] ?? letters.length + (begins[0] ?? 0)) - day);
  return lengths.reduce(commonDivisor, 0);
};

export const cycleDays: readonly CycleDay[] = ['early', 'late', 'night', 'off'];

const dayOf = (letter: string): CycleDay => cycleDays.find((day) => cycleLetters[day] === letter) ?? 'off';

/** The rotation of a name or of letters that the schema lets through. */
export const rosterCycle = (cycle: string): RosterCycle => {
  const letters = [...(isCycleName(cycle) ? patterns[cycle] : cycle)];
  return {
    pattern: letters.map(dayOf),
    teams: letters.length / stepOf(letters),
  };
};
