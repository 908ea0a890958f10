import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { ScenarioModel } from '../../contract/models/scenario-model.ts';
import type { ScenarioMisfits, ScenarioPlacement, Surge } from '../../diversion/scenario-misfits.ts';
import { weekdayOf } from '../../kernel/time.ts';

type Place = Pick<PlanDocument, 'days'>;

const millisADay = 86_400_000;
const shiftDate = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * millisADay).toISOString().slice(0, 10);

/** The plan's date on the same weekday. */
const sameWeekday = ({ days }: Place, date: string): string =>
  days.find((day) => weekdayOf(day.date) === weekdayOf(date))?.date ?? date;

/** A placement that is `moved` comes from another week; one that does not `fit` has no place in the plan. */
interface Settling {
  readonly own: ScenarioPlacement;
  readonly moved: boolean;
  readonly fits: boolean;
}

const overlap = (one: ScenarioPlacement, other: ScenarioPlacement): boolean =>
  one.prompt === other.prompt &&
  one.queue === other.queue &&
  one.date === other.date &&
  one.from < other.to &&
  other.from < one.to;

/** The same with one more: what a moved one comes to lie on is one with it, from the first start to the last end. */
const settle = (settled: readonly Settling[], next: Settling): readonly Settling[] => {
  const meets = ({ own, moved, fits }: Settling): boolean =>
    fits && next.fits && (moved || next.moved) && overlap(own, next.own);
  const met = [...settled.filter(meets), next];
  if (met.length === 1) return [...settled, next];
  const [from = next.own.from] = met.map(({ own }) => own.from).toSorted();
  const to =
    met
      .map(({ own }) => own.to)
      .toSorted()
      .at(-1) ?? next.own.to;
  const joined = { own: { ...next.own, from, to }, moved: true, fits: true };
  return [...settled.filter((each) => !meets(each)), joined];
};

/**
 * What was drawn for another week on the same weekdays of the plan's. A prompt that comes to lie on the same one for the
 * same queue is one with it, so that no time is drawn twice.
 */
export const movedToWeek = (
  plan: Place,
  scenario: ScenarioModel,
  { placements, surges }: Pick<ScenarioMisfits, 'placements' | 'surges'>,
): ScenarioModel => {
  const moved = ({ from, to, ...surge }: Surge): Surge => {
    const [first, last] = [from.slice(0, 10), to.slice(0, 10)];
    const target = sameWeekday(plan, first);
    const days = (Date.parse(target) - Date.parse(first)) / millisADay;
    return { ...surge, from: `${target}${from.slice(10)}`, to: `${shiftDate(last, days)}${to.slice(10)}` };
  };
  const settling = (own: ScenarioPlacement): Settling => {
    const why = placements.find(({ placement }) => placement === own)?.why;
    const moved = why === 'other-week';
    return {
      own: moved ? { ...own, date: sameWeekday(plan, own.date) } : own,
      moved,
      fits: moved || why === undefined,
    };
  };
  return {
    ...scenario,
    surges: scenario.surges.map((own) =>
      surges.some(({ surge, why }) => surge === own && why === 'other-week') ? moved(own) : own,
    ),
    ...(scenario.placements === undefined
      ? {}
      : {
          placements: scenario.placements
            .map(settling)
            .reduce<readonly Settling[]>(settle, [])
            .map(({ own }) => own),
        }),
  };
};
