import type { RosterModel } from './roster-model.ts';
import type { Assignment, Roster } from './roster-problem.ts';

/** The roster of a search's lines: who is on duty, in the tier in which the cover costs least. */
export const rosterOfLines = (model: RosterModel, lines: ArrayLike<number>): Roster => {
  const { days, cover } = model;
  const { shifts, tiers, groups, groupOf } = cover;
  const roster: Assignment[] = [];
  for (let day = 0; day < days; day += 1) {
    for (let shift = 0; shift < shifts; shift += 1) {
      const onDuty: number[] = [];
      for (let person = 0; person < model.lines.length; person += 1)
        if (lines[person * days + day] === shift + 1) onDuty.push(person);
      if (onDuty.length === 0) continue;
      const counts = new Int32Array(groups);
      for (const person of onDuty) {
        const group = groupOf[person] as number;
        counts[group] = (counts[group] as number) + 1;
      }
      const served = cover.assign(day * shifts + shift, counts, 0);
      for (const person of onDuty) {
        const group = groupOf[person] as number;
        let tier = 0;
        while (tier < tiers - 1 && (served[group * tiers + tier] as number) === 0) tier += 1;
        served[group * tiers + tier] = (served[group * tiers + tier] as number) - 1;
        roster.push({ person, day, shift, tier });
      }
    }
  }
  return roster.sort((a, b) => a.person - b.person || a.day - b.day);
};

/** A roster's lines for the search; a second duty on a day is left out. */
export const linesOfRoster = (model: RosterModel, roster: Roster): Uint8Array => {
  const lines = new Uint8Array(model.lines.length * model.days);
  for (const { person, day, shift } of roster) lines[person * model.days + day] = shift + 1;
  return lines;
};
