import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { answerFinding, type AnswerFinding } from './answer-findings.ts';
import { changedEvents, changedSettings } from './changed-inputs.ts';
import { factorNames, isWorthTelling, planFigures } from './plan-changes.ts';
import { shortageOf } from './shortages.ts';

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
    ...askedReasons(before, after),
    ...causeReasons(before, after),
    ...changedEvents(before, after),
    ...changedSettings(before, after),
    ...overruleReasons(before, after),
  ];
  const known = [...reasons, ...dataReasons(before, after, reasons)];
  const told = known.length > 0 || planFigures(before, after).every((each) => !isWorthTelling(each));
  const areKnown = before.madeWith !== undefined && after.madeWith !== undefined;
  const rest = answerFinding(areKnown ? 'because-records' : 'because-settings');
  return [...(told ? known : [rest]), ...usedUp(before, after)];
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

/** What a what-if asked that stands in no setting: a handle time so many seconds longer, people of a tier. */
const askedReasons = (before: PlanDocument, after: PlanDocument): AnswerFinding[] => {
  const known = new Set(before.whatIf?.map((asked) => JSON.stringify(asked)));
  const settings = (after.whatIf ?? []).filter(
    (asked) =>
      (asked.what === 'handle-time-seconds' || asked.what === 'people') && !known.has(JSON.stringify(asked)),
  );
  return settings.length === 0 ? [] : [answerFinding('asked-what-if', { factors: [], causes: [], settings })];
};

const factorReasons = (before: PlanDocument, after: PlanDocument): AnswerFinding[] =>
  factorNames.flatMap((ground) => {
    const moved = { ground, before: before.factors?.[ground] ?? 1, after: after.factors?.[ground] ?? 1 };
    return moved.before === moved.after ? [] : [answerFinding('because-factor', moved)];
  });

/** Newer data, or corrected ones; events that are told by name are not told as data again. */
const dataReasons = (
  { history: before }: PlanDocument,
  { history: after }: PlanDocument,
  told: readonly AnswerFinding[],
): AnswerFinding[] => {
  if (before.dataHash === after.dataHash) return [];
  if (before.lastDate !== after.lastDate)
    return [answerFinding('because-data', { before: before.lastDate, after: after.lastDate })];
  return told.some(({ code }) => code === 'because-event') ? [] : [answerFinding('because-data-changed')];
};

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
