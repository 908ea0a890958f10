import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { answerFinding, type AnswerFinding } from './answer-findings.ts';
import { releasable, searchGap } from './plan-decisions.ts';
import { shownDifference } from '../words/figures.ts';
import type { MonitorModel } from '../contract/models/monitor-model.ts';
import { openAt, shortageOf } from '../contract/shortages.ts';
import { coveredMinutes, minuteOf, type TimeWindow } from '../kernel/time-window.ts';
import { weekdayOf } from '../kernel/time.ts';

/** Every figure of two plans of one week, one after the other. */
export const planFigures = (before: PlanDocument, after: PlanDocument): AnswerFinding[] => {
  const pair = <T>(of: (plan: PlanDocument) => T) => ({ before: of(before), after: of(after) });
  return [
    answerFinding(
      'changed-calls',
      pair(({ total }) => total.calls.mean),
    ),
    answerFinding(
      'changed-required',
      pair(({ total }) => total.requiredOperatorHours),
    ),
    answerFinding(
      'changed-paid',
      pair(({ total }) => total.paidHours ?? null),
    ),
    answerFinding('changed-wages', {
      ...pair(({ total }) => total.wages ?? null),
      currency: after.total.currency ?? null,
    }),
    answerFinding(
      'changed-short',
      pair((plan) => shortageOf(plan).openHours),
    ),
    answerFinding(
      'changed-connection',
      pair(({ total }) => total.connectionRate.mean),
    ),
    answerFinding('changed-level', {
      ...pair(({ total }) => total.serviceLevel.mean),
      seconds: after.answerTimeThresholdSeconds,
    }),
    // Of one band always: the chance of whichever is likeliest now reads like a move of the one before.
    answerFinding('changed-band', { ...pair(({ monitoring }) => monitoring.bandChances.hot), band: 'hot' }),
  ];
};

/** A move that is worth a word: a two-hundredth of the figure itself, or half a point of a share. */
export const isWorthReporting = ({ code, values }: AnswerFinding): boolean => {
  const { before, after } = values as { readonly before: number | null; readonly after: number | null };
  if (before === null || after === null) return false;
  const share = code === 'changed-connection' || code === 'changed-level' || code === 'changed-band';
  return Math.abs(after - before) >= (share ? 0.005 : Math.max(0.5, Math.abs(before) / 200));
};

/** Required hours that fall by less than this need no account of where they went. */
const leastSaving = 8;

/**
 * Where required hours go that a plan saves against another: fewer on duty, less short, or more beyond the requirement,
 * and what of the latter whole shifts can release. undefined where no more than a shift is saved.
 */
export const planSaving = (before: PlanDocument, after: PlanDocument): AnswerFinding | undefined => {
  // Whole hours, as both plans' figures are beside it: who takes them from each other finds the same.
  const saved = (of: (plan: PlanDocument) => number): number =>
    shownDifference(of(after), of(before), 0, 'decimal');
  const required = saved(({ total }) => total.requiredOperatorHours);
  if (required < leastSaving) return undefined;
  const ready = saved(({ total }) => total.scheduledOperatorHours);
  const short = saved((plan) => shortageOf(plan).openHours);
  const isPaidKnown = [before, after].every(({ total }) => total.paidHours !== undefined);
  return answerFinding('changed-saving', {
    required,
    ready,
    paid: isPaidKnown ? saved(({ total }) => total.paidHours ?? 0) : null,
    short,
    beyond: required - ready - short,
    releasable: releasable(after)?.paidHours ?? 0,
    shortest: after.total.release?.shortest ?? null,
    gap: searchGap(after),
  });
};

/**
 * Shifts that a day gets from days whose calls are as before: paid hours cannot rise with it, so that those days get worse
 * although nothing changed on them. Undefined where there is nothing of the kind.
 */
const movedShifts = (before: PlanDocument, after: PlanDocument): AnswerFinding | undefined => {
  const days = after.days.flatMap((day) => {
    const same = before.days.find(({ date }) => date === day.date);
    return same === undefined
      ? []
      : [
          {
            date: day.date,
            shifts: day.shifts - same.shifts,
            isMoved: Math.abs((day.calls.mean ?? 0) / Math.max(1, same.calls.mean ?? 0) - 1) >= 0.01,
          },
        ];
  });
  const [from, to] = [before.total.paidHours, after.total.paidHours];
  const isPaidAlike = from !== undefined && to !== undefined && Math.abs(to - from) < 0.01 * from;
  const gains = days.some(({ isMoved, shifts }) => isMoved && shifts > 0);
  const lost = days.filter(({ isMoved, shifts }) => !isMoved && shifts < 0);
  if (!isPaidAlike || !gains || lost.length === 0) return undefined;
  const moved = days.filter(({ isMoved, shifts }) => (isMoved ? shifts > 0 : shifts < 0));
  return answerFinding('changed-days', { days: moved.map(({ date, shifts }) => ({ date, shifts })) });
};

/** Operator-hours short at the times at which the monitor calls, and at all others. */
const shortByMonitor = (plan: PlanDocument): readonly [during: number, besides: number] | undefined => {
  const windows = (plan.madeWith?.settings['monitor'] as MonitorModel | undefined)?.windows;
  if (windows === undefined) return undefined;
  const minutes = plan.intervalMinutes;
  return plan.starts.reduce<[number, number]>(
    ([during, besides], start, i) => {
      const short = (openAt(plan, i) * minutes) / 60;
      const covered = (window: TimeWindow): number =>
        coveredMinutes(window, weekdayOf(start.slice(0, 10)), minuteOf(start.slice(11)), minutes);
      return windows.some((window) => covered(window) > 0)
        ? [during + short, besides]
        : [during, besides + short];
    },
    [0, 0],
  );
};

/** Why the chance of hot rises while more is short, or falls while less is: it goes by the times of test calls. */
const hotAgainstShort = (before: PlanDocument, after: PlanDocument): AnswerFinding | undefined => {
  const rise = (of: (plan: PlanDocument) => number): number => of(after) - of(before);
  const hot = rise(({ monitoring }) => monitoring.bandChances.hot);
  const short = rise((plan) => shortageOf(plan).openHours);
  const [was, is] = [shortByMonitor(before), shortByMonitor(after)];
  if (hot * short <= 0 || Math.abs(short) < 1 || Math.abs(hot) < 0.001) return undefined;
  if (was === undefined || is === undefined) return undefined;
  return answerFinding('changed-hot', {
    during: { before: was[0], after: is[0] },
    besides: { before: was[1], after: is[1] },
  });
};

/** What accounts for moves that would puzzle: where saved hours went, whose shifts went elsewhere, what hot does not count. */
export const planAccounts = (before: PlanDocument, after: PlanDocument): AnswerFinding[] =>
  [planSaving, movedShifts, hotAgainstShort].flatMap((account) => account(before, after) ?? []);

/** What is to be said of a plan's hours beyond the requirement, and of shifts that the search left above the bound. */
export const planHours = (plan: PlanDocument): AnswerFinding[] => {
  const { release } = plan.total;
  const gap = searchGap(plan);
  return [
    ...(release === undefined || release.stretches.length === 0
      ? []
      : [
          answerFinding('hours-beyond', {
            hours: release.spareHours,
            stretches: release.stretches,
            shifts: release.shifts.reduce((sum, { operators }) => sum + operators, 0),
            shortest: release.shortest,
          }),
        ]),
    ...(gap === null ? [] : [answerFinding('search-stopped', { gap })]),
  ];
};

/** What moved between two plans of one week, as far as it is worth a word. */
export const planChanges = (before: PlanDocument, after: PlanDocument): AnswerFinding[] =>
  planFigures(before, after).filter(isWorthReporting);

export const factorNames = ['handleTime', 'patience', 'redials', 'shrinkage'] as const;

/** What a what-if plan was asked to take otherwise, by which it is called; undefined where that is nothing by itself, such as other targets. */
export const whatIfRequested = ({
  factors,
  assumedCauses: causes = [],
  whatIf: settings = [],
}: Pick<PlanDocument, 'factors' | 'assumedCauses' | 'whatIf'>): AnswerFinding | undefined => {
  const changed = factorNames.flatMap((ground) => {
    const change = (factors?.[ground] ?? 1) - 1;
    return change === 0 ? [] : [{ ground, change }];
  });
  return changed.length + causes.length + settings.length === 0
    ? undefined
    : answerFinding('asked-what-if', { factors: changed, causes, settings });
};
