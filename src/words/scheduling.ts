import type { SchedulingFindings, ShortTier } from '../scheduling/scheduling-findings.ts';
import type { Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';
import { filledWith, messages } from './messages.ts';

const { parts, ...said } = messages('scheduling');

/** When people are short, and how far those of other tiers stand in for them. */
const shortIn = <Short extends ShortTier>(short: Short, speech: Speech) => {
  const { before, after } = short.standIns ?? { before: 0, after: 0 };
  const standIns = { before, after, moved: Math.abs(before - after), helped: before > after };
  return {
    ...short,
    standIns: short.standIns === null ? '' : parts.standIns[speech.language](standIns, speech),
    stretches: parts.stretches[speech.language](short, speech),
  };
};

/** What scheduling finds, in sentences. */
export const schedulingSentences: Sentences<SchedulingFindings> = {
  ...said,
  'shrinkage-by-kind': filledWith(said['shrinkage-by-kind'], ({ kinds, ...all }, { weekdays }) => ({
    ...all,
    // When it applies, where that is not always.
    kinds: kinds.map((kind) => ({
      ...kind,
      when: [
        ...(kind.weekdays === null ? [] : [weekdays(kind.weekdays)]),
        ...(kind.window === null ? [] : [`${kind.window.from}–${kind.window.to}`]),
      ].join(' '),
    })),
  })),
  'no-template-reaches': filledWith(said['no-template-reaches'], shortIn),
  'people-used-up': filledWith(said['people-used-up'], shortIn),
  'filling-costs-more': filledWith(said['filling-costs-more'], shortIn),
};
