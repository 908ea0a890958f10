import { languages, type Language } from '../kernel/text.ts';
import {
  cycleDays,
  cycleLetters,
  cycleNames,
  cycleText,
  isCycleName,
  rosterCycle,
} from '../contract/roster-cycles.ts';
import type { CycleDay, CycleName } from '../contract/roster-cycles.ts';
import type { Label } from './sentences.ts';
import { messages } from './messages.ts';

/** What rotations are called. */
const names: Readonly<Record<CycleName, Label>> = messages('cycle-names');

/** Letters of a rotation's days; the first is what is shown, all are read. */
const letters: Readonly<Record<CycleDay, Label>> = messages('cycle-letters');

/** A rotation's name, or its days as letters. */
export const saidCycle = (cycle: string): Label => {
  if (isCycleName(cycle)) return names[cycle];
  const { pattern } = rosterCycle(cycle);
  const inLetters = (language: Language): string =>
    pattern.map((day) => [...letters[day][language]][0] ?? cycleLetters[day]).join('');
  return Object.fromEntries(languages.map((language) => [language, inLetters(language)])) as Label;
};

/** A rotation as it was said: by name, or day by day in letters of either language; undefined where it is none. */
export const readCycle = (said: string): string | undefined => {
  const named = cycleNames.find(
    (name) => name === said.trim() || Object.values(names[name]).includes(said.trim()),
  );
  if (named !== undefined) return named;
  const read = new Map(
    cycleDays.flatMap((day) =>
      [...Object.values(letters[day]).join('')].map((letter) => [letter, cycleLetters[day]] as const),
    ),
  );
  const days = [...said.toUpperCase().replaceAll(/[\s,，、·-]/g, '')].map(
    (letter) => read.get(letter) ?? '?',
  );
  return cycleText.test(days.join('')) ? days.join('') : undefined;
};
