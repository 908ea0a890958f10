import type { PromptsModel } from '../contract/models/prompts-model.ts';
import { problemAt, type Problem } from '../kernel/errors.ts';
import { text } from '../kernel/text.ts';
import { isQuiet } from './prompt-hours.ts';

const shares = ['reach', 'onlineShare', 'offPeakShare', 'offPeakReturnShare', 'onlineFailureShare'] as const;

const checkResponse = (catalogue: PromptsModel, at: number): Problem[] => {
  const entry = catalogue.prompts[at];
  if (entry === undefined) return [];
  const { response } = entry;
  const path = `prompts.${at}.response`;
  const problems = shares.flatMap((name) => {
    const value = response[name];
    return value >= 0 && value <= 1
      ? []
      : [
          problemAt(
            `${path}.${name}`,
            'share-outside-0-1',
            value,
            text('占比必须在 0 到 1 之间', 'a share must lie between 0 and 1'),
            text('百分数请换成小数，例如 8% 写 0.08', 'write a percentage as a fraction: 8 % is 0.08'),
          ),
        ];
  });
  const sum = response.onlineShare + response.offPeakShare;
  if (sum > 1 + 1e-12)
    problems.push(
      problemAt(
        path,
        'shares-above-one',
        sum,
        text(
          '转线上与错峰的占比合计超过 1',
          'the shares that go online and call off-peak sum to more than one',
        ),
        text(
          '两项合计不得超过听到提示的全部来电人',
          'together they cannot exceed everyone who hears the prompt',
        ),
      ),
    );
  return problems;
};

const checkChannel = (catalogue: PromptsModel, at: number): Problem[] => {
  const entry = catalogue.prompts[at];
  if (entry === undefined || entry.response.onlineShare === 0) return [];
  const channel = catalogue.channels.find((c) => c.channel === entry.channel);
  if (channel !== undefined && channel.capacityPerInterval > 0) return [];
  return [
    problemAt(
      `prompts.${at}.channel`,
      'channel-without-capacity',
      entry.channel ?? '',
      channel === undefined
        ? text('提示指向的线上渠道不存在', 'the prompt points to an online channel that is not listed')
        : text('提示指向的线上渠道没有受理能力', 'the prompt points to an online channel without capacity'),
      text(
        '请在 channels 中登记该渠道并填写每时段受理量',
        'list the channel under channels with its capacity per interval',
      ),
    ),
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

/** Rules that clash, so that no prompt could ever play; empty when some could. Every clash names its rules. */
export const clashingRules = (rules: PromptsModel['rules']): Problem[] => {
  const problems: Problem[] = [];
  const say = (value: unknown, chinese: string, english: string): void => {
    problems.push(
      problemAt(
        'rules',
        'clashing-rules',
        value,
        text(chinese, english),
        text('请放宽其中一条规则', 'relax one of these rules'),
      ),
    );
  };
  const { minimumOnMinutes, maximumOnMinutesPerDay, quietHours, largestDivertedShare } = rules;
  if (minimumOnMinutes > maximumOnMinutesPerDay)
    say(
      `${minimumOnMinutes} > ${maximumOnMinutesPerDay}`,
      `最短播放 ${minimumOnMinutes} 分钟与每日最多播放 ${maximumOnMinutesPerDay} 分钟相互矛盾`,
      `the minimum on-time of ${minimumOnMinutes} minutes clashes with the maximum of ${maximumOnMinutesPerDay} minutes a day`,
    );
  const playable = longestPlayableMinutes(quietHours);
  if (playable < minimumOnMinutes)
    say(
      `${quietHours.from}–${quietHours.to}`,
      `静默时段 ${quietHours.from}–${quietHours.to} 之外只剩 ${playable} 分钟，放不下最短播放 ${minimumOnMinutes} 分钟`,
      `quiet hours ${quietHours.from}–${quietHours.to} leave ${playable} minutes: too few for the minimum on-time of ${minimumOnMinutes} minutes`,
    );
  if (largestDivertedShare === 0)
    say(
      0,
      '分流上限为 0，任何提示都不能播放',
      'the largest diverted share is 0, so no prompt may divert anyone',
    );
  return problems;
};

/**
 * What is wrong with a prompt catalogue: shares outside 0–1, shares that sum to more than one, channels that
 * are missing or without capacity, rules that clash. Empty when nothing is.
 */
export const checkRules = (catalogue: PromptsModel): Problem[] => [
  ...catalogue.prompts.flatMap((_, at) => [...checkResponse(catalogue, at), ...checkChannel(catalogue, at)]),
  ...clashingRules(catalogue.rules),
];
