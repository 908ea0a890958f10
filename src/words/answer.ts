import type { WhatIfAsked } from '../contract/models/scenario-model.ts';
import type { AnswerFindings, EventSpan, OverruleTold } from '../render/answer-findings.ts';
import { assumedValue, bandNames, causeValue } from './planning.ts';
import { nameIn } from './figures.ts';
import type { Filled, Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';
import { filledWith, messages, wordsIn } from './messages.ts';
import { atAssumedPrices, heldSaid } from './targets-held.ts';

const { parts, ...said } = messages('answer');

type Pair = { readonly before: number | null; readonly after: number | null };

/** 'a → b' in whole numbers; a dash where there is none. */
const moved = ({ before, after }: Pair, { whole }: Speech): string =>
  [before, after].map((value) => (value === null ? '–' : whole(value))).join(' → ');

/** What a plan can be asked to take otherwise, each with its own words. */
const askedSentences: Sentences<{
  readonly [What in WhatIfAsked['what']]: Extract<WhatIfAsked, { readonly what: What }>;
}> = parts.asked;

const askedIn = (asked: WhatIfAsked, speech: Speech): string =>
  (askedSentences[asked.what][speech.language] as Filled<WhatIfAsked>)(asked, speech);

/** '12/1周二至12/3周四，+20%，综合': when an event is, what it does, and for whom. */
const eventSpan = (event: EventSpan | null, speech: Speech): string | null =>
  event === null
    ? null
    : wordsIn(parts.eventSpan, { ...event, end: event.end === event.date ? null : event.end }, speech);

/** Adjustments that are named one by one; how many are left is told. */
const mostTold = 3;

/** What planners adjusted: 'Wed 25 Nov +20%, Winter fuel letters'. */
const overrulesIn = (rows: readonly OverruleTold[], speech: Speech): string => {
  const told = rows.slice(0, mostTold).map(({ factor, ...row }) =>
    wordsIn(
      parts.overrule,
      {
        ...row,
        to: row.to ?? '24:00',
        calls: row.calls ?? 0,
        change: factor === null ? null : factor - 1,
      },
      speech,
    ),
  );
  return wordsIn(parts.overrules, { rows: told, more: rows.length - told.length }, speech);
};

/** From so many hours on, more beyond the requirement than before is reported with why it stays. */
const leastBeyond = 4;

const stopped = (gap: number | null, speech: Speech): string =>
  gap === null ? '' : wordsIn(said['search-stopped'], { gap }, speech);

/** What a plan answers, asks to decide, and what moved it, in sentences. */
export const answerSentences: Sentences<AnswerFindings> = {
  ...said,
  ...heldSaid,
  'week-people': filledWith(said['week-people'], (week, speech) => ({
    ...week,
    assumed: atAssumedPrices(week.pricesAssumed, speech),
    // What is over elsewhere, as the figures beside it are written.
    over: Math.max(
      0,
      Math.round(week.scheduled) - Math.round(week.required) + Math.round(week.short?.hours ?? 0),
    ),
  })),
  'week-outcome': filledWith(said['week-outcome'], (week) => ({ ...week, band: bandNames[week.band] })),
  'decide-assumed-handle-time': filledWith(said['decide-assumed-handle-time'], ({ queues, of }) => ({
    queues,
    isAll: queues.length === of,
  })),
  'decide-short': filledWith(
    said['decide-short'],
    ({ limit, peopleUsedUp, rule, tier = null, gap, leave, ...short }, speech) => ({
      ...short,
      tier,
      leave,
      why: limit ?? (peopleUsedUp ? 'people' : 'unknown'),
      usedUp: wordsIn(parts.usedUp, { rule, leave }, speech),
      stopped: stopped(gap, speech),
    }),
  ),
  'changed-saving': filledWith(
    said['changed-saving'],
    ({ required, ready, paid, short, beyond, releasable, shortest, gap }, speech) => ({
      required,
      ready: Math.abs(ready),
      moreReady: ready < 0,
      short: Math.abs(short),
      moreShort: short < 0,
      beyond: Math.abs(beyond),
      lessBeyond: beyond < 0,
      paid: paid === null ? null : Math.abs(paid),
      morePaid: (paid ?? 0) < 0,
      rest: releasable > 0 ? 'releasable' : beyond >= leastBeyond && shortest !== null ? 'odd' : 'none',
      releasable,
      shortest: shortest?.hours ?? 0,
      stopped: stopped(gap, speech),
    }),
  ),
  'changed-hot': filledWith(said['changed-hot'], ({ during, besides }, speech) => ({
    during: moved(during, speech),
    besides: moved(besides, speech),
  })),
  'because-cause': filledWith(said['because-cause'], ({ cause, date, before, after }, { language }) => ({
    cause: messages('planning-phrases').causeOfDay[language]({ cause, date }),
    before: before === null ? null : causeValue(before),
    after: after === null ? null : causeValue(after),
  })),
  'because-overrules': filledWith(said['because-overrules'], ({ added, removed }, speech) => ({
    added: overrulesIn(added, speech),
    removed: overrulesIn(removed, speech),
  })),
  'because-event': filledWith(said['because-event'], ({ label, before, after }, speech) => ({
    name: nameIn(label, speech.language),
    before: eventSpan(before, speech),
    after: eventSpan(after, speech),
  })),
  'because-setting': filledWith(said['because-setting'], ({ before, after, ...changed }) => ({
    ...changed,
    before: before ?? '',
    after: after ?? '',
    isTold: before !== null && after !== null,
  })),
  'asked-what-if': filledWith(said['asked-what-if'], ({ factors, causes, settings }, speech) => ({
    asked: [
      ...settings.map((asked) => askedIn(asked, speech)),
      ...factors.map((factor) => wordsIn(parts.factorAsked, factor, speech)),
      ...causes.map(assumedValue(speech.language)),
    ],
  })),
};
