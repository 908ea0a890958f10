import type { PlanWorldDocument } from '../../contract/http/plan-world.ts';
import type { ScenarioModel } from '../../contract/models/scenario-model.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { minuteOf } from '../../kernel/time-window.ts';
import { weekdayOf } from '../../kernel/time.ts';
import type { Placement } from './project-scenario.ts';

type Surge = ScenarioModel['surges'][number];

/**
 * Why something of a scenario has no place in a plan: another week, a name it does not know, times that are none of the
 * intervals', a surge within the week that covers no interval's start.
 */
export type Misfit = 'other-week' | 'unknown-prompt' | 'unknown-queue' | 'off-grid' | 'between-starts';

/** What of a scenario has no place in a plan, in its order. A scenario may have been drawn on another one. */
export interface Misfits {
  readonly placements: readonly { readonly placement: Placement; readonly why: Misfit }[];
  readonly surges: readonly { readonly surge: Surge; readonly why: Misfit }[];
}

type Place = Pick<PlanDocument, 'days' | 'starts' | 'intervalMinutes'>;

const isOfWeek = ({ days }: Place, wanted: string): boolean => days.some(({ date }) => date === wanted);

const whyNot = (plan: Place, world: PlanWorldDocument, placement: Placement): Misfit | undefined => {
  if (!world.catalogue.prompts.some(({ prompt }) => prompt === placement.prompt)) return 'unknown-prompt';
  if (!world.queues.some(({ queue }) => queue === placement.queue)) return 'unknown-queue';
  const [from, to] = [minuteOf(placement.from), minuteOf(placement.to)];
  if (from >= to || from % plan.intervalMinutes !== 0 || to % plan.intervalMinutes !== 0) return 'off-grid';
  return isOfWeek(plan, placement.date) ? undefined : 'other-week';
};

const surgeWhyNot = (plan: Place, world: PlanWorldDocument, surge: Surge): Misfit | undefined => {
  if (surge.queue !== undefined && !world.queues.some(({ queue }) => queue === surge.queue))
    return 'unknown-queue';
  const [from, to] = [surge.from.slice(0, 16), surge.to.slice(0, 16)];
  if (plan.starts.some((start) => start >= from && start < to)) return undefined;
  if (!isOfWeek(plan, from.slice(0, 10))) return 'other-week';
  return from < to ? 'between-starts' : 'off-grid';
};

export const misfitsOf = (plan: Place, world: PlanWorldDocument, scenario: ScenarioModel): Misfits => ({
  placements: (scenario.placements ?? []).flatMap((placement) => {
    const why = whyNot(plan, world, placement);
    return why === undefined ? [] : [{ placement, why }];
  }),
  surges: scenario.surges.flatMap((surge) => {
    const why = surgeWhyNot(plan, world, surge);
    return why === undefined ? [] : [{ surge, why }];
  }),
});

/** The same without what has no place. */
export const withoutMisfits = (scenario: ScenarioModel, { placements, surges }: Misfits): ScenarioModel => ({
  ...scenario,
  surges: scenario.surges.filter((own) => !surges.some(({ surge }) => surge === own)),
  ...(scenario.placements === undefined
    ? {}
    : {
        placements: scenario.placements.filter(
          (own) => !placements.some(({ placement }) => placement === own),
        ),
      }),
});

const millisADay = 86_400_000;
const shiftDate = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * millisADay).toISOString().slice(0, 10);

/** The plan's date on the same weekday. */
const sameWeekday = ({ days }: Place, date: string): string =>
  days.find((day) => weekdayOf(day.date) === weekdayOf(date))?.date ?? date;

/** A placement that is `moved` comes from another week; one that does not `fit` has no place in the plan. */
interface Settling {
  readonly own: Placement;
  readonly moved: boolean;
  readonly fits: boolean;
}

const overlap = (one: Placement, other: Placement): boolean =>
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
  { placements, surges }: Misfits,
): ScenarioModel => {
  const moved = ({ from, to, ...surge }: Surge): Surge => {
    const [first, last] = [from.slice(0, 10), to.slice(0, 10)];
    const target = sameWeekday(plan, first);
    const days = (Date.parse(target) - Date.parse(first)) / millisADay;
    return { ...surge, from: `${target}${from.slice(10)}`, to: `${shiftDate(last, days)}${to.slice(10)}` };
  };
  const settling = (own: Placement): Settling => {
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
