import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { asksOfSettings } from '../contract/models/scenario-model.ts';
import { type Change, changesBetween } from '../kernel/merge-edits.ts';
import { languages, type Text, untranslated } from '../kernel/text.ts';
import { numberIn } from '../words/figures.ts';
import { modelPathText, modelTitles } from '../words/model-paths.ts';
import { answerFinding, type AnswerFinding, type EventSpan, type OverruleTold } from './answer-findings.ts';
import { factorNames, isWorthReporting, planFigures } from './plan-changes.ts';
import { shortageOf } from '../contract/shortages.ts';

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
  const told = known.length > 0 || planFigures(before, after).every((each) => !isWorthReporting(each));
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

/** What a what-if asked that no setting tells. */
const askedReasons = (before: PlanDocument, after: PlanDocument): AnswerFinding[] => {
  const known = new Set(before.whatIf?.map((asked) => JSON.stringify(asked)));
  const settings = (after.whatIf ?? []).filter(
    (asked) => !asksOfSettings.has(asked.what) && !known.has(JSON.stringify(asked)),
  );
  return settings.length === 0 ? [] : [answerFinding('asked-what-if', { factors: [], causes: [], settings })];
};

const factorReasons = (before: PlanDocument, after: PlanDocument): AnswerFinding[] =>
  factorNames.flatMap((ground) => {
    const moved = { ground, before: before.factors?.[ground] ?? 1, after: after.factors?.[ground] ?? 1 };
    return moved.before === moved.after ? [] : [answerFinding('because-factor', moved)];
  });

/** Newer data, or corrected ones; events that are named are not reported as data again. */
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

type Overrule = PlanDocument['overrules'][number];

const overruleReasons = (before: PlanDocument, after: PlanDocument): AnswerFinding[] => {
  const keysOf = (plan: PlanDocument): Set<string> =>
    new Set(plan.overrules.map((overrule) => JSON.stringify(overrule)));
  const [old, now] = [keysOf(before), keysOf(after)];
  const told = (keys: ReadonlySet<string>): OverruleTold[] =>
    [...keys].map((key) => {
      const { queue, date, from, to, factor, calls, reason } = JSON.parse(key) as Overrule;
      return {
        date,
        from,
        to,
        factor,
        calls,
        reason,
        queue: queue === null ? null : queueName(after, queue),
      };
    });
  const [added, removed] = [now.difference(old), old.difference(now)];
  return added.size + removed.size === 0
    ? []
    : [answerFinding('because-overrules', { added: told(added), removed: told(removed) })];
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

type MadeWith = NonNullable<PlanDocument['madeWith']>;
type Event = MadeWith['events'][number];

/** Events about the week that one of two plans was made without, or with other days or another effect. */
const changedEvents = (before: PlanDocument, after: PlanDocument): AnswerFinding[] => {
  if (before.madeWith === undefined || after.madeWith === undefined) return [];
  const spanOf = ({ date, end, queue, effect }: Event): EventSpan => ({
    date,
    end,
    effect,
    queue: queue === null ? null : queueName(after, queue),
  });
  const sameAs = (one: Event) => (other: Event) => JSON.stringify(one) === JSON.stringify(other);
  const { events: old } = before.madeWith;
  const { events: now } = after.madeWith;
  const gone = old.filter((event) => !now.some(sameAs(event)));
  const come = now.filter((event) => !old.some(sameAs(event)));
  const movedTo = new Map(
    gone.map((event) => [
      event,
      come.find(({ label, queue }) => label === event.label && queue === event.queue),
    ]),
  );
  const moved = new Set(movedTo.values());
  const told = (label: string, was: Event | undefined, is: Event | undefined): AnswerFinding =>
    answerFinding('because-event', {
      label,
      before: was ? spanOf(was) : null,
      after: is ? spanOf(is) : null,
    });
  return [
    ...gone.map((event) => told(event.label, event, movedTo.get(event))),
    ...come.filter((event) => !moved.has(event)).map((event) => told(event.label, undefined, event)),
  ];
};

const queueName = ({ queues }: PlanDocument, queue: string): Text =>
  queues.find((each) => each.queue === queue)?.name ?? untranslated(queue);

/** Settings that are listed one by one; how many are left is reported. */
const mostTold = 6;

/** Settings with which one of two plans was made otherwise, by the names that their forms have. */
const changedSettings = (before: PlanDocument, after: PlanDocument): AnswerFinding[] => {
  if (before.madeWith === undefined || after.madeWith === undefined) return [];
  const [was, is] = [before.madeWith.settings, after.madeWith.settings];
  const changes = changesBetween(was, is).filter(isTold);
  const more = changes.length - mostTold;
  return [
    ...changes.slice(0, mostTold).map((change) => settingOf(change, [is, was])),
    ...(more > 0 ? [answerFinding('because-more-settings', { more })] : []),
  ];
};

/** Targets that the plan itself says, and what nobody sets by hand. */
const toldElsewhere =
  /^targets,(connectionRate|serviceLevel|rollingConnectionRate|occupancyMax|confidence)$|madeUp$/;
const isTold = ({ path }: Change): boolean => !toldElsewhere.test(path.join(','));

/** Lists that are what their model is about: shifts of the shifts. */
const mainLists: Readonly<Record<string, string>> = {
  shifts: 'templates',
  tiers: 'tiers',
  prompts: 'prompts',
};

const settingOf = ({ path, before, after }: Change, models: unknown): AnswerFinding => {
  const [model = '', ...inside] = path;
  const within = mainLists[model] === inside[0] && inside.length > 1 ? inside.slice(1) : inside;
  const titles: Readonly<Record<string, Text>> = modelTitles;
  const field = path.at(-1) ?? '';
  const isWhole = [before, after].some((value) => typeof value === 'object' && value !== null);
  return answerFinding('because-setting', {
    where: inEach((language) =>
      [titles[model]?.[language] ?? model, modelPathText(within, language, models)].join(' › '),
    ),
    change: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
    before: isWhole ? null : valueText(before, field),
    after: isWhole ? null : valueText(after, field),
  });
};

const inEach = (say: (language: (typeof languages)[number]) => string): Text =>
  // every language is among the entries
  Object.fromEntries(languages.map((language) => [language, say(language)])) as Text;

const isShare = /share|rate$|level$|occupancy|confidence|cut$/i;

/** A figure, time or word of a setting as it is written; null where it is none of these. */
const valueText = (value: unknown, field: string): Text | null => {
  if (typeof value === 'string') return untranslated(value);
  if (typeof value !== 'number') return null;
  const asShare = isShare.test(field) && Math.abs(value) <= 1;
  return inEach((language) =>
    asShare
      ? `${numberIn(language, value * 100, 1, { minimumFractionDigits: 0 })}%`
      : numberIn(language, value, 3, { minimumFractionDigits: 0 }),
  );
};
