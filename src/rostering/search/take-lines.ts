import type { RosterState } from './roster-state.ts';

/** Gives people new lines where that makes the roster no dearer; true where it did. */
export const takeLines = (
  state: RosterState,
  lines: readonly { readonly person: number; readonly line: Uint8Array }[],
): boolean => {
  for (const { person, line } of lines)
    for (const [day, option] of line.entries()) state.put(person, day, option);
  const isTaken = state.delta() <= 1e-9;
  if (isTaken) state.keep();
  else state.undo();
  return isTaken;
};
