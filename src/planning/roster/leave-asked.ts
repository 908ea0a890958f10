import type { RosterDocument } from '../../contract/documents/roster-document.ts';
import type { Roster } from '../../rostering/roster-problem.ts';
import type { MoreAway } from './roster-draft.ts';
import { rosterFinding } from './roster-findings.ts';
import type { RosterInputs } from './roster-inputs.ts';

/** Leave that people ask for in the period, answered by the day: whether they are on duty, how many more of their tier can go. */
export const leaveAsked = ({
  inputs: { people, problem, days, tiers },
  roster,
  moreAway,
}: {
  readonly inputs: RosterInputs;
  readonly roster: Roster;
  readonly moreAway: readonly MoreAway[];
}): NonNullable<RosterDocument['leaveAsked']> =>
  people.leave
    .filter(({ state }) => state === 'asked')
    .flatMap(({ operator, from, to }) => {
      const person = problem.people.findIndex((one) => one.person === operator);
      const tier = Math.max(...(problem.people[person]?.tiers ?? []));
      const wanted = days.flatMap(({ date }, day) =>
        from <= date && date <= to
          ? [
              {
                date,
                onDuty: roster.some((duty) => duty.person === person && duty.day === day),
                moreAway: moreAway[day]?.byTier[tier] ?? 0,
              },
            ]
          : [],
      );
      const said = { operator, from, to, tier: tiers[tier]?.name ?? null, days: wanted };
      return wanted.length === 0
        ? []
        : [{ operator, from, to, days: wanted, said: rosterFinding('leave-asked', said) }];
    });
