import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { Problem } from '../kernel/errors.ts';
import { diversionProblem, found, type DiversionFinding } from './diversion-findings.ts';
import { isQuiet } from './prompt-hours.ts';

const shares = ['reach', 'onlineShare', 'offPeakShare', 'offPeakReturnShare', 'onlineFailureShare'] as const;

const checkResponse = (catalogue: PromptsModel, at: number): Problem[] => {
  const entry = catalogue.prompts[at];
  if (entry === undefined) return [];
  const { response } = entry;
  const path = `prompts.${at}.response`;
  const problems = shares.flatMap((name) => {
    const value = response[name];
    return value >= 0 && value <= 1 ? [] : [diversionProblem(`${path}.${name}`, 'share-outside-0-1', value)];
  });
  const sum = response.onlineShare + response.offPeakShare;
  if (sum > 1 + 1e-12) problems.push(diversionProblem(path, 'shares-above-one', sum));
  return problems;
};

const checkChannel = (catalogue: PromptsModel, at: number): Problem[] => {
  const entry = catalogue.prompts[at];
  if (entry === undefined || entry.response.onlineShare === 0) return [];
  const channel = catalogue.channels.find((c) => c.channel === entry.channel);
  if (channel !== undefined && channel.capacityPerInterval > 0) return [];
  return [
    diversionProblem(`prompts.${at}.channel`, 'channel-without-capacity', entry.channel ?? '', {
      listed: channel !== undefined,
    }),
  ];
};

/** Longest run of minutes of a day outside the quiet hours (a day goes round past midnight). */
const longestPlayableMinutes = (quiet: PromptsModel['rules']['quietHours']): number => {
  let longest = 0;
  let run = 0;
  for (let minute = 0; minute < 2880; minute += 1) {
    run = isQuiet(minute % 1440, 1, quiet) ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return Math.min(1440, longest);
};

/** A clash of rules, and the figures that clash. */
interface RuleClash {
  readonly value: unknown;
  readonly finding: DiversionFinding;
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

/**
 * What is wrong with a prompt catalogue: shares outside 0–1, shares that sum to more than one, channels that
 * are missing or without capacity, rules that clash. Empty when nothing is.
 */
export const checkRules = (catalogue: PromptsModel): Problem[] => [
  ...catalogue.prompts.flatMap((_, at) => [...checkResponse(catalogue, at), ...checkChannel(catalogue, at)]),
  ...ruleClashes(catalogue.rules).map(({ value, finding }) =>
    diversionProblem('rules', 'clashing-rules', value, { clash: finding }),
  ),
];
