import type { PersonDay } from './standing-roster.ts';

/** A person's day that becomes what another's is. */
export interface TakenDay extends PersonDay {
  /** Whose duty, or day off, the person has there afterwards. */
  readonly from: number;
}

/**
 * An exchange of days: each person takes the next one's day, the last the first one's. Nothing is lost by it: where who
 * takes a day has a duty of their own there, that goes round to whoever gave theirs and took none. People stand in
 * `places` once each.
 */
export const swapDays = (places: readonly PersonDay[]): TakenDay[] => {
  const taken = places.map(({ person }, at): TakenDay => {
    const next = places[(at + 1) % places.length] as PersonDay;
    return { person, day: next.day, from: next.person };
  });
  const takes = ({ person, day }: PersonDay): boolean =>
    taken.some((one) => one.person === person && one.day === day);
  const given = places.filter((place) => !takes(place));
  return [...taken, ...given.map((place) => ({ ...place, from: firstTaker(taken, place) }))];
};

/** Who stands at the head of those who take from one another on a day, down to one who takes nothing there. */
const firstTaker = (taken: readonly TakenDay[], { person, day }: PersonDay): number => {
  let head = person;
  for (;;) {
    const before = taken.find((one) => one.day === day && one.from === head);
    if (before === undefined) return head;
    head = before.person;
  }
};
