import type { Duty } from '../../contract/documents/roster-document.ts';
import type { Move } from '../../rostering/change/standing-roster.ts';
import { freeOn, optionOn, type RosterDraft } from './roster-draft.ts';

/** A way to fill a place, with the change of the roster's cost; Infinity where somebody's hard rule breaks. */
export interface StandIn {
  readonly moves: readonly Move[];
  readonly delta: number;
}

export interface EmptyPlace {
  /** Who left it: they step in nowhere. */
  readonly absent: number;
  readonly day: number;
  readonly shift: number;
  readonly tier: number;
  /** The duty that is left, with its times. */
  readonly duty: Duty;
}

/** Days around the place on which somebody's other duty may have to go for it. */
const reachDays = 2;

/**
 * Who could fill an empty place: everybody who has the day off, alone where their rules hold, and else with another who
 * takes over the duty that stands in the way. At most two people move beside the one who is absent. Those who move
 * fewest first, the cheapest of them before the others; those who would break a hard rule come last.
 */
export const standIns = (
  draft: RosterDraft,
  place: EmptyPlace,
  dutyOf: (person: number, day: number) => Duty | undefined,
  tierOf: (duty: Duty) => number,
): StandIn[] => {
  const { state } = draft;
  const found: StandIn[] = [];
  for (const person of freeOn(draft, place.day, place.tier)) {
    const own: Move = { person, day: place.day, before: undefined, after: place.duty };
    state.put(person, place.day, place.shift + 1);
    const delta = state.delta();
    state.undo();
    found.push({ moves: [own], delta });
    if (delta < Infinity) continue;
    const relieved = relieve(draft, place, person, dutyOf, tierOf);
    if (relieved !== undefined) found.push({ ...relieved, moves: [own, ...relieved.moves] });
  }
  const isBroken = ({ delta }: StandIn): number => Number(delta === Infinity);
  return found.sort(
    (a, b) =>
      isBroken(a) - isBroken(b) ||
      a.moves.length - b.moves.length ||
      (isBroken(a) === 1 ? 0 : a.delta - b.delta) ||
      (a.moves[0]?.person ?? 0) - (b.moves[0]?.person ?? 0),
  );
};

/** Another person takes a duty near the place from whoever steps in, so that all rules hold. */
const relieve = (
  draft: RosterDraft,
  place: EmptyPlace,
  person: number,
  dutyOf: (person: number, day: number) => Duty | undefined,
  tierOf: (duty: Duty) => number,
): StandIn | undefined => {
  const { state, problem } = draft;
  let best: StandIn | undefined;
  for (let day = Math.max(0, place.day - reachDays); day <= place.day + reachDays; day += 1) {
    const duty = dutyOf(person, day);
    const option = day < problem.days.length ? optionOn(draft, person, day) : 0;
    if (day === place.day || option === 0 || duty === undefined) continue;
    state.put(person, day, 0);
    state.put(person, place.day, place.shift + 1);
    const alone = state.delta();
    state.undo();
    if (alone === Infinity) continue;
    for (const other of freeOn(draft, day, tierOf(duty))) {
      if (other === person || other === place.absent) continue;
      state.put(person, day, 0);
      state.put(person, place.day, place.shift + 1);
      state.put(other, day, option);
      const delta = state.delta();
      state.undo();
      if (delta === Infinity || (best !== undefined && delta >= best.delta)) continue;
      best = {
        delta,
        moves: [
          { person, day, before: duty, after: undefined },
          { person: other, day, before: undefined, after: duty },
        ],
      };
    }
  }
  return best;
};
