import type { PromptSpan } from '../contract/documents/effect-documents.ts';

/** One stretch of one announcement, for all queues that hear it at the same time. */
export interface MergedSpan {
  readonly date: string;
  readonly from: string;
  readonly to: string;
  readonly prompt: string;
  readonly name: PromptSpan['name'];
  readonly queues: readonly string[];
  /** Only callers whose estimated wait is above this hear it; 0: everyone. */
  readonly waitAboveSeconds: number;
  readonly callersDiverted: number;
}

/** Stretches as people play them: touching ones of a queue joined, and those of several queues told once. */
export const mergeSpans = (spans: readonly PromptSpan[]): MergedSpan[] => {
  const joined: MergedSpan[] = [];
  const order = [...spans].sort((a, b) => at(a).localeCompare(at(b)));
  for (const span of order) {
    const before = joined.findLastIndex(
      (own) =>
        own.prompt === span.prompt &&
        own.queues[0] === span.queue &&
        own.date === span.date &&
        own.to === span.from,
    );
    const old = joined[before];
    if (old === undefined) joined.push(mergedOf(span));
    else
      joined[before] = { ...old, to: span.to, callersDiverted: old.callersDiverted + span.callersDiverted };
  }
  const together = new Map<string, MergedSpan>();
  for (const span of joined) {
    const key = JSON.stringify([span.date, span.from, span.to, span.prompt]);
    const old = together.get(key);
    together.set(
      key,
      old === undefined
        ? span
        : {
            ...old,
            queues: [...old.queues, ...span.queues],
            callersDiverted: old.callersDiverted + span.callersDiverted,
          },
    );
  }
  return [...together.values()];
};

const at = (span: PromptSpan): string => `${span.date} ${span.from}`;

const mergedOf = ({
  date,
  from,
  to,
  prompt,
  name,
  queue,
  waitAboveSeconds = 0,
  callersDiverted,
}: PromptSpan): MergedSpan => ({
  date,
  from,
  to,
  prompt,
  name,
  queues: [queue],
  waitAboveSeconds,
  callersDiverted,
});
