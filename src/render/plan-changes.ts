import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { answerFinding, type AnswerFinding } from './answer-findings.ts';
import { releasable, searchGap } from './plan-decisions.ts';
import { shownDifference } from '../words/figures.ts';
import { shortageOf } from '../contract/shortages.ts';

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
