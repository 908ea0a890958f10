import type { RosterChange, RosterDocument } from '../contract/documents/roster-document.ts';

/** A roster cut down to what is one operator's own; how many are on duty each day stays, who they are does not. */
export const ownRoster = (roster: RosterDocument, operator: string | null): RosterDocument => {
  const own = <Row extends { readonly operator: string }>(rows: readonly Row[]): Row[] =>
    rows.filter((row) => row.operator === operator);
  const names = (operators: readonly string[]): string[] => operators.filter((each) => each === operator);
  return {
    ...roster,
    people: own(roster.people),
    duties: own(roster.duties),
    ...(roster.leaveAsked === undefined ? {} : { leaveAsked: own(roster.leaveAsked) }),
    cycle:
      roster.cycle === null
        ? null
        : {
            ...roster.cycle,
            teams: roster.cycle.teams
              .map((team) => ({ ...team, operators: names(team.operators) }))
              .filter(({ operators }) => operators.length > 0),
            mobile: names(roster.cycle.mobile),
          },
    // A rule that several people break says their names.
    broken: roster.broken.filter(({ operators }) => operators.length === 1 && operators[0] === operator),
    uncovered: [],
    notices: [],
  };
};

/** Changes that moved one operator, with no move of anybody else. */
export const ownChanges = (changes: readonly RosterChange[], operator: string | null): RosterChange[] =>
  changes.flatMap(({ at, roster, moves }) => {
    const own = moves.filter((move) => move.operator === operator);
    return own.length === 0 ? [] : [{ at, roster, why: '', moves: own }];
  });
