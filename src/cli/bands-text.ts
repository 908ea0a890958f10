import type { BandsDocument } from '../contract/documents/bands-document.ts';
import type { Language } from '../kernel/text.ts';
import { percent, whole } from '../report/format.ts';
import { textTable } from '../report/text-table.ts';
import { bandNames } from './band-names.ts';
import { speak } from '../words/speak.ts';

/** What hot takes, by the number of test calls; then what a sample says, where one was given. */
export const bandsText = (document: BandsDocument, language: Language): string =>
  [
    ruleText(document, language),
    needsTable(document, language),
    ...(document.sample === null
      ? []
      : [sampleText(document.sample, language), chancesTable(document.sample, language)]),
    ...document.notices.map((notice) => speak(language, 'terminal').say(notice)),
  ].join('\n\n');

const ruleText = ({ monitor, plan }: BandsDocument, language: Language): string => {
  const { attempts, longestWaitSeconds, hotFrom } = monitor;
  const week =
    plan === null
      ? ''
      : language === 'en'
        ? `; operator-hours of ${plan.week}, before shifts`
        : `；席时为 ${plan.week} 排班前的需求`;
  return language === 'en'
    ? `${monitor.name.en}: ${attempts === 1 ? 'one attempt' : `up to ${attempts} attempts`} of at most ${longestWaitSeconds} s${attempts === 1 ? '' : ' each'}; hot from ${percent(hotFrom, 0)}${week}`
    : `${monitor.name['zh-CN']}：${attempts === 1 ? '只拨一次' : `每次最多拨 ${attempts} 次`}、每次最多等 ${longestWaitSeconds} 秒；接通率 ${percent(hotFrom, 0)} 起为「热线」档${week}`;
};

const needsTable = ({ needs, monitor, plan }: BandsDocument, language: Language): string => {
  const english = language === 'en';
  const several = monitor.attempts > 1;
  const head = english
    ? ['test calls', 'must connect', 'may fail', 'chance of hot', 'true rate needed']
    : ['拨测次数', '须接通', '可失败', '评为热线的把握', '所需真实接通率'];
  return textTable(
    [
      ...head,
      ...(several ? [english ? 'per attempt' : '单次拨打'] : []),
      ...(plan === null ? [] : [english ? 'operator-hours' : '席时']),
    ],
    needs.flatMap((need) =>
      need.chances.map((one) => [
        String(need.testCalls),
        String(need.needed),
        String(need.failuresAllowed),
        percent(one.chance, 0),
        percent(one.testRate, 2),
        ...(several ? [percent(one.attemptRate, 2)] : []),
        ...(plan === null ? [] : [whole(one.operatorHours)]),
      ]),
    ),
  );
};

type Sample = NonNullable<BandsDocument['sample']>;

const sampleText = (
  { connected, testCalls, rate, low, high, band, pooled }: Sample,
  language: Language,
): string => {
  const seen = percent(rate, 2);
  const range = `${percent(low, 2)}–${percent(high, 2)}`;
  const drawn = `${percent(pooled.rate)} (${percent(pooled.low)}–${percent(pooled.high)})`;
  if (language === 'en') {
    const others =
      pooled.hotlines === 0
        ? 'the 344 hotlines of the published 2019 monitoring'
        : `the ${pooled.hotlines} hotlines of this workspace`;
    return `${connected} of ${testCalls} test calls: ${seen}, ${bandNames[band].en}; 95 % interval ${range}. Beside ${others} the true rate is put at ${drawn}.`;
  }
  const others = pooled.hotlines === 0 ? ' 2019 年公布的 344 条热线' : `本工作区的 ${pooled.hotlines} 条热线`;
  return `${testCalls} 次拨测接通 ${connected} 次：${seen}，${bandNames[band]['zh-CN']}；95% 区间 ${range}。与${others}合并估计，真实接通率为 ${drawn}。`;
};

const chancesTable = ({ nextBandChances, pooled }: Sample, language: Language): string => {
  const english = language === 'en';
  const order = ['hot', 'warm', 'cold', 'dead'] as const;
  const row = (name: string, chances: Sample['nextBandChances']): string[] => [
    name,
    ...order.map((band) => percent(chances[band])),
  ];
  return textTable(
    [english ? 'chance of the band' : '各档的可能', ...order.map((band) => bandNames[band][language])],
    [
      row(
        english ? 'next monitoring, if the rate seen is the true one' : '下次监测（若所见即真实）',
        nextBandChances,
      ),
      row(
        english ? 'next monitoring, beside the other hotlines' : '下次监测（合并估计）',
        pooled.nextBandChances,
      ),
      row(
        english ? 'true rate, beside the other hotlines' : '真实接通率（合并估计）',
        pooled.trueBandChances,
      ),
    ],
  );
};
