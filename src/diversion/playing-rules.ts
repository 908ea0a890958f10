import type { PromptsModel } from '../contract/models/prompts-model.ts';
import { problemsOf, type Problem } from '../kernel/errors.ts';
import { findingsOf, type FindingOf, type NoValues } from '../kernel/finding.ts';
import { valueAt } from '../kernel/value-at.ts';
import type { SpanRules } from './best-spans.ts';
import { isInQuietHours } from './prompt-hours.ts';

/**
 * The rules for playing prompts to a queue within a day, each with its number in models/prompts.json: what the search
 * must keep, what prompts drawn by hand may break, what keeps a further prompt from playing, and which rules leave nothing
 * between them.
 */
type Rules = PromptsModel['rules'];

/** The rules of the search, in intervals (best-spans.ts keeps them). */
export const spanRulesOf = (rules: Rules, intervalMinutes: number): SpanRules => ({
  minimumOn: Math.max(1, Math.ceil(rules.minimumOnMinutes / intervalMinutes)),
  maximumOn: Math.floor(rules.maximumOnMinutesPerDay / intervalMinutes),
});

/** What a prompt drawn by hand can break, beside where it may not play at all. */
export interface PlayingProblems {
  'minimum-on-time': { readonly minutes: number; readonly minimumMinutes: number };
  'maximum-on-time-per-day': { readonly maximumMinutes: number };
  'one-prompt-at-a-time': NoValues;
}

/** One prompt's intervals for a queue, drawn by hand. */
interface Drawn {
  /** 1 where it plays, and where prompts before it play to the same queue. */
  readonly on: Uint8Array;
  readonly others: Uint8Array;
  /** Each interval's local day. */
  readonly day: Int32Array;
  readonly intervalMinutes: number;
}

/** A rule that is broken from an interval on, as the problem that it is at a path and a time. */
interface Broken {
  readonly at: number;
  readonly problem: (path: string, value: string) => Problem;
}

const playingProblem = problemsOf<PlayingProblems>();

/** A stretch plays for so long at least. */
const minimumOn = ({ minimumOnMinutes }: Rules, { on, intervalMinutes }: Drawn): Broken[] =>
  stretchesOn(on).flatMap(({ from, to }) => {
    const minutes = (to - from) * intervalMinutes;
    if (minutes >= minimumOnMinutes) return [];
    const values = { minutes, minimumMinutes: minimumOnMinutes };
    return [{ at: from, problem: (path, value) => playingProblem(path, 'minimum-on-time', value, values) }];
  });

/** A prompt plays for so long a day at most: broken where a day's minutes first pass it. */
const maximumOn = (
  { maximumOnMinutesPerDay: most }: Rules,
  { on, day, intervalMinutes }: Drawn,
): Broken[] => {
  const minutes = new Map<number, number>();
  const broken: Broken[] = [];
  for (const { from, to } of stretchesOn(on))
    for (let i = from; i < to; i += 1) {
      const before = minutes.get(valueAt(day, i)) ?? 0;
      minutes.set(valueAt(day, i), before + intervalMinutes);
      if (before > most || before + intervalMinutes <= most) continue;
      const values = { maximumMinutes: most };
      broken.push({
        at: i,
        problem: (path, value) => playingProblem(path, 'maximum-on-time-per-day', value, values),
      });
    }
  return broken;
};

/** A queue hears one prompt at a time. */
const oneAtATime = (_: Rules, { on, others }: Drawn): Broken[] => {
  const at = on.findIndex((one, i) => one === 1 && others[i] === 1);
  return at < 0
    ? []
    : [{ at, problem: (path, value) => playingProblem(path, 'one-prompt-at-a-time', value) }];
};

/** What a prompt drawn by hand breaks, rule after rule. */
export const brokenRules = (rules: Rules, drawn: Drawn): Broken[] =>
  [minimumOn, maximumOn, oneAtATime].flatMap((rule) => rule(rules, drawn));

/** What keeps a queue from hearing a further prompt on a day. */
export interface PlayingObstacles {
  'on-time-at-limit': { readonly minutes: number; readonly most: number };
}

const obstacle = findingsOf<PlayingObstacles>();

/** The rule against a further stretch on a day on which prompts play to the queue for so many minutes already. */
export const ruleAgainst = (rules: Rules, minutes: number): FindingOf<PlayingObstacles> | undefined => {
  const most = rules.maximumOnMinutesPerDay;
  return minutes + rules.minimumOnMinutes > most
    ? obstacle('on-time-at-limit', { minutes, most })
    : undefined;
};

/** Stretches in which something is on, in order: first interval, interval after the last. */
const stretchesOn = (on: Uint8Array): { readonly from: number; readonly to: number }[] => {
  const stretches: { from: number; to: number }[] = [];
  for (let from = 0; from < on.length;) {
    let to = from;
    while (on[to] === 1) to += 1;
    if (to > from) stretches.push({ from, to });
    from = to + 1;
  }
  return stretches;
};

/** Rules between which nothing is left. */
export interface RuleClashes {
  'clashing-on-times': { readonly minimumMinutes: number; readonly maximumMinutes: number };
  'quiet-hours-leave-too-little': {
    readonly from: string;
    readonly to: string;
    readonly minutes: number;
    readonly minimumMinutes: number;
  };
  'nobody-may-be-diverted': NoValues;
}

/** Longest run of minutes of a day outside the quiet hours (a day goes round past midnight). */
const longestPlayableMinutes = (quiet: PromptsModel['rules']['quietHours']): number => {
  let longest = 0;
  let run = 0;
  for (let minute = 0; minute < 2880; minute += 1) {
    run = isInQuietHours(minute % 1440, 1, quiet) ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return Math.min(1440, longest);
};

const found = findingsOf<RuleClashes>();

/** A clash of rules, and the figures that clash. */
interface RuleClash {
  readonly value: unknown;
  readonly finding: FindingOf<RuleClashes>;
}

/** Rules that clash, so that no prompt could ever play; empty when some could. Every clash names its rules. */
export const ruleClashes = (rules: PromptsModel['rules']): RuleClash[] => {
  const { minimumOnMinutes, maximumOnMinutesPerDay, quietHours, largestDivertedShare } = rules;
  const minutes = longestPlayableMinutes(quietHours);
  const onTimes = { minimumMinutes: minimumOnMinutes, maximumMinutes: maximumOnMinutesPerDay };
  const quiet = { from: quietHours.from, to: quietHours.to, minutes, minimumMinutes: minimumOnMinutes };
  return [
    ...(minimumOnMinutes > maximumOnMinutesPerDay
      ? [
          {
            value: `${minimumOnMinutes} > ${maximumOnMinutesPerDay}`,
            finding: found('clashing-on-times', onTimes),
          },
        ]
      : []),
    ...(minutes < minimumOnMinutes
      ? [
          {
            value: `${quietHours.from}–${quietHours.to}`,
            finding: found('quiet-hours-leave-too-little', quiet),
          },
        ]
      : []),
    ...(largestDivertedShare === 0 ? [{ value: 0, finding: found('nobody-may-be-diverted') }] : []),
  ];
};
