import type { PlanWorldDocument } from '../../contract/http/plan-world.ts';
import type { ScenarioModel } from '../../contract/models/scenario-model.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { minuteOf } from '../../kernel/time-window.ts';
import { weekdayOf } from '../../kernel/time.ts';
import type { Placement } from './project-scenario.ts';

type Surge = ScenarioModel['surges'][number];

/** Why something of a scenario has no place in a plan: another week, a name it does not know, times between intervals. */
export type Misfit = 'other-week' | 'unknown-prompt' | 'unknown-queue' | 'off-grid';

/** What of a scenario has no place in a plan, in its order. A scenario may have been drawn on another one. */
export interface Misfits {
  readonly placements: readonly { readonly placement: Placement; readonly why: Misfit }[];
  readonly surges: readonly { readonly surge: Surge; readonly why: Misfit }[];
}

type Place = Pick<PlanDocument, 'days' | 'starts' | 'intervalMinutes'>;

const whyNot = (plan: Place, world: PlanWorldDocument, placement: Placement): Misfit | undefined => {
  if (!world.catalogue.prompts.some(({ prompt }) => prompt === placement.prompt)) return 'unknown-prompt';
  if (!world.queues.some(({ queue }) => queue === placement.queue)) return 'unknown-queue';
  const [from, to] = [minuteOf(placement.from), minuteOf(placement.to)];
  if (from >= to || from % plan.intervalMinutes !== 0 || to % plan.intervalMinutes !== 0) return 'off-grid';
  return plan.days.some(({ date }) => date === placement.date) ? undefined : 'other-week';
};

const surgeWhyNot = (plan: Place, world: PlanWorldDocument, surge: Surge): Misfit | undefined => {
  if (surge.queue !== undefined && !world.queues.some(({ queue }) => queue === surge.queue))
    return 'unknown-queue';
  const [from, to] = [surge.from.slice(0, 16), surge.to.slice(0, 16)];
  return plan.starts.some((start) => start >= from && start < to) ? undefined : 'other-week';
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

/** What was drawn for another week on the same weekdays of the plan's. */
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
  const isOther = (own: Placement): boolean =>
    placements.some(({ placement, why }) => placement === own && why === 'other-week');
  return {
    ...scenario,
    surges: scenario.surges.map((own) =>
      surges.some(({ surge, why }) => surge === own && why === 'other-week') ? moved(own) : own,
    ),
    ...(scenario.placements === undefined
      ? {}
      : {
          placements: scenario.placements.map((own) =>
            isOther(own) ? { ...own, date: sameWeekday(plan, own.date) } : own,
          ),
        }),
  };
};
