import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { Problem } from '../kernel/errors.ts';
import { type ModelLanguage, modelLanguages, type Text } from '../kernel/text.ts';
import { diversionProblem } from './diversion-findings.ts';
import { ruleClashes } from './playing-rules.ts';
import type { PromptEntry } from './prompt-spans.ts';

const keyPress: Readonly<Record<ModelLanguage, RegExp>> = {
  'zh-CN': /请按|按键|按\s*[0-9〇零一二三四五六七八九#*＃＊井星]|拨\s*[0-9一二三四五六七八九]\s*(?:键|转)/u,
  en: /\bpress(?:ing)?\b|\bkey(?:pad|s)?\b|\bdial\s+(?:[0-9#*]|one|two|three)\b/iu,
};
const advertising: Readonly<Record<ModelLanguage, RegExp>> = {
  'zh-CN': /广告|促销|优惠|特价|折扣|打折|抽奖|中奖|赠送|赠品|礼品|好礼|红包|赞助|冠名|限时|会员|购买|下单/u,
  en: /\badvert\w*|\bdiscounts?\b|\bsales?\b|\bpromotion\w*|\bprizes?\b|\bgifts?\b|\bsponsor\w*|\bspecial offer|\bcoupons?\b|\bbuy\b|\blimited time\b/iu,
};

/** What an announcer speaks of each language, and how many of it a second. */
const pace: Readonly<Record<ModelLanguage, { readonly units: RegExp; readonly aSecond: number }>> = {
  'zh-CN': { units: /[\p{Script=Han}0-9A-Za-z]/gu, aSecond: 4.5 },
  en: { units: /[\w'’-]+/gu, aSecond: 2.7 },
};

/** Seconds that words take when spoken at an announcer's pace: 4.5 Chinese characters or 2.7 English words a second. */
const spokenSeconds = (words: string, language: ModelLanguage): number =>
  (words.match(pace[language].units) ?? []).length / pace[language].aSecond;

const checkWords = (announcement: Text, path: string): Problem[] =>
  modelLanguages.flatMap((language) => {
    const words = announcement[language];
    const problems: Problem[] = [];
    const pressed = keyPress[language].exec(words);
    if (pressed !== null) problems.push(diversionProblem(`${path}.${language}`, 'no-key-press', pressed[0]));
    const sold = advertising[language].exec(words);
    if (sold !== null) problems.push(diversionProblem(`${path}.${language}`, 'nothing-advertised', sold[0]));
    return problems;
  });

/**
 * What is wrong with a catalogue's words: a key press asked for, something advertised, an off-peak or
 * callback announcement without {hour}, or seconds that the words cannot be spoken in (a warning). Word lists
 * catch what is usual; they cannot read intentions.
 */
export const checkWording = (catalogue: PromptsModel): Problem[] =>
  catalogue.prompts.flatMap((entry, at) => {
    const path = `prompts.${at}.announcement`;
    const problems = checkWords(entry.announcement, path);
    for (const language of modelLanguages)
      if (entry.kind !== 'online-channel' && !entry.announcement[language].includes('{hour}'))
        problems.push(diversionProblem(`${path}.${language}`, 'hour-missing', entry.announcement[language]));
    const needed = spokenSeconds(entry.announcement['zh-CN'], 'zh-CN');
    if (entry.response.announcementSeconds < 0.75 * needed)
      problems.push({
        ...diversionProblem(
          `prompts.${at}.response.announcementSeconds`,
          'seconds-too-few',
          entry.response.announcementSeconds,
          { seconds: needed },
        ),
        severity: 'warning',
      });
    return problems;
  });

const shares = ['reach', 'onlineShare', 'offPeakShare', 'offPeakReturnShare', 'onlineFailureShare'] as const;

const checkResponse = ({ response }: PromptEntry, at: number): Problem[] => {
  const path = `prompts.${at}.response`;
  const problems = shares.flatMap((name) => {
    const value = response[name];
    return value >= 0 && value <= 1 ? [] : [diversionProblem(`${path}.${name}`, 'share-outside-0-1', value)];
  });
  const sum = response.onlineShare + response.offPeakShare;
  if (sum > 1 + 1e-12) problems.push(diversionProblem(path, 'shares-above-one', sum));
  return problems;
};

const checkChannel = (entry: PromptEntry, at: number, { channels }: PromptsModel): Problem[] => {
  if (entry.response.onlineShare === 0) return [];
  const channel = channels.find((c) => c.channel === entry.channel);
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
  ...catalogue.prompts.flatMap((entry, at) => [
    ...checkResponse(entry, at),
    ...checkChannel(entry, at, catalogue),
  ]),
  ...ruleClashes(catalogue.rules).map(({ value, finding }) =>
    diversionProblem('rules', 'clashing-rules', value, { clash: finding }),
  ),
];
