import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { answerFinding, type AnswerFinding } from './answer-findings.ts';
import { shortageOf } from './shortages.ts';

/** Every figure of two plans of one week, one after the other. */
export const planFigures = (before: PlanDocument, after: PlanDocument): AnswerFinding[] => {
  const pair = <T>(of: (plan: PlanDocument) => T) => ({ before: of(before), after: of(after) });
  const band = after.monitoring.likeliestBand;
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
    answerFinding('changed-band', { ...pair(({ monitoring }) => monitoring.bandChances[band]), band }),
  ];
};

/** A move that is worth a word: a two-hundredth of the figure itself, or half a point of a share. */
export const isWorthTelling = ({ code, values }: AnswerFinding): boolean => {
  const { before, after } = values as { readonly before: number | null; readonly after: number | null };
  if (before === null || after === null) return false;
  const share = code === 'changed-connection' || code === 'changed-level' || code === 'changed-band';
  return Math.abs(after - before) >= (share ? 0.005 : Math.max(0.5, Math.abs(before) / 200));
};

/** What moved between two plans of one week, as far as it is worth a word. */
export const planChanges = (before: PlanDocument, after: PlanDocument): AnswerFinding[] =>
  planFigures(before, after).filter(isWorthTelling);

const targetNames = [
  'connectionRate',
  'serviceLevel',
  'rollingConnectionRate',
  'occupancyMax',
  'confidence',
] as const;

/** Why two plans of one week differ: what was asked, what was known, what planners adjusted. */
export const changeReasons = (before: PlanDocument, after: PlanDocument): AnswerFinding[] => {
  const reasons = [
    ...targetNames.flatMap((target) => {
      const moved = { target, before: before.targets[target], after: after.targets[target] };
      return moved.before === moved.after ? [] : [answerFinding('because-target', moved)];
    }),
    ...factorReasons(before, after),
    ...causeReasons(before, after),
    ...dataReasons(before, after),
    ...overruleReasons(before, after),
  ];
  const known =
    reasons.length > 0 || planFigures(before, after).every((each) => !isWorthTelling(each))
      ? reasons
      : [answerFinding('because-settings')];
  return [...known, ...usedUp(before, after)];
};

const factorNames = ['handleTime', 'patience', 'redials', 'shrinkage'] as const;

/** What a what-if plan was asked to take otherwise, by which it is called; undefined where that is neither factors nor causes. */
export const askedWhatIf = ({
  factors,
  assumedCauses: causes = [],
}: Pick<PlanDocument, 'factors' | 'assumedCauses'>): AnswerFinding | undefined => {
  const changed = factorNames.flatMap((ground) => {
    const change = (factors?.[ground] ?? 1) - 1;
    return change === 0 ? [] : [{ ground, change }];
  });
  return changed.length + causes.length === 0
    ? undefined
    : answerFinding('asked-what-if', { factors: changed, causes });
};

const causeReasons = (before: PlanDocument, after: PlanDocument): AnswerFinding[] => {
  const [old, now] = [before, after].map(
    ({ assumedCauses = [] }) =>
      new Map(assumedCauses.map(({ cause, date, value }) => [JSON.stringify([cause, date]), value])),
  );
  return [...new Set([...old!.keys(), ...now!.keys()])].flatMap((key) => {
    const moved = { before: old!.get(key) ?? null, after: now!.get(key) ?? null };
    if (moved.before === moved.after) return [];
    const [cause, date] = JSON.parse(key) as [string, string | null];
    return [answerFinding('because-cause', { cause, date, ...moved })];
  });
};

const factorReasons = (before: PlanDocument, after: PlanDocument): AnswerFinding[] =>
  factorNames.flatMap((ground) => {
    const moved = { ground, before: before.factors?.[ground] ?? 1, after: after.factors?.[ground] ?? 1 };
    return moved.before === moved.after ? [] : [answerFinding('because-factor', moved)];
  });

const dataReasons = ({ history: before }: PlanDocument, { history: after }: PlanDocument): AnswerFinding[] =>
  before.dataHash === after.dataHash
    ? []
    : [
        before.lastDate === after.lastDate
          ? answerFinding('because-data-changed')
          : answerFinding('because-data', { before: before.lastDate, after: after.lastDate }),
      ];

const overruleReasons = (before: PlanDocument, after: PlanDocument): AnswerFinding[] => {
  const keysOf = (plan: PlanDocument): Set<string> =>
    new Set(plan.overrules.map((overrule) => JSON.stringify(overrule)));
  const [old, now] = [keysOf(before), keysOf(after)];
  const added = now.difference(old).size;
  const removed = old.difference(now).size;
  return added + removed === 0 ? [] : [answerFinding('because-overrules', { added, removed })];
};

/** More is required and no more is scheduled: the people are used up, so it is left open. */
const usedUp = (before: PlanDocument, after: PlanDocument): AnswerFinding[] => {
  const required = after.total.requiredOperatorHours - before.total.requiredOperatorHours;
  const scheduled = after.total.scheduledOperatorHours - before.total.scheduledOperatorHours;
  const out = after.relaxed.some((said) => 'code' in said && said.code === 'people-used-up');
  return out && required >= 1 && scheduled < required / 2
    ? [answerFinding('because-people-used-up', { open: shortageOf(after).openHours })]
    : [];
};
