import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { Problem } from '../kernel/errors.ts';
import { diversionProblem } from './diversion-findings.ts';
import { ruleClashes } from './playing-rules.ts';

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
