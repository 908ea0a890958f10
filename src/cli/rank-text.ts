import type { RankDocument } from '../contract/documents/rank-document.ts';
import { nameIn } from '../kernel/name-in.ts';
import { counted, oneOrMany } from '../kernel/one-or-many.ts';
import type { Language } from '../kernel/text.ts';
import { decimal, percent } from '../report/format.ts';
import { bands, groupHotlines, type Grouping } from '../report/league.ts';
import { textTable } from '../report/text-table.ts';
import { bandMoveText } from './band-move-text.ts';
import { bandNames } from './band-names.ts';
import { remarkMadeUp } from './made-up-remark.ts';
import { partNames } from './part-names.ts';
import { speak } from '../words/speak.ts';

const headings = {
  'test-calls': {
    'zh-CN': ['名次', '热线', '拨测', '接通率', '95% 区间', '档次', '得分'],
    en: ['rank', 'hotline', 'test calls', 'connection rate', '95 % interval', 'band', 'score'],
  },
  traffic: {
    'zh-CN': [
      '名次',
      '线路（队列）',
      '时限内接听/人工请求',
      '时限内接听率',
      '95% 区间',
      '按此率的档次',
      '得分',
    ],
    en: [
      'rank',
      'line (queue)',
      'within threshold/offered',
      'rate',
      '95 % interval',
      'band at this rate',
      'score',
    ],
  },
} as const;

/** The league table: bands and their change on the year, then every hotline with the range that chance leaves. */
export const rankText = (
  document: RankDocument,
  names: ReadonlyMap<string, string>,
  language: Language,
): string => {
  const english = language === 'en';
  const perBand = bandTable(document, language);
  const places = document.basis === 'traffic' ? 1 : 0;
  const moved = document.previousPeriod !== null;
  const hotlines = textTable(
    [
      ...headings[document.basis ?? 'test-calls'][language],
      ...(moved ? [english ? 'on the year' : '较上年'] : []),
    ],
    document.hotlines.map((h) => [
      `${h.rank} (${h.rankLow}–${h.rankHigh})`,
      (document.basis === 'traffic' ? names.get(h.hotline) : undefined) ?? nameIn(h.name, language),
      `${h.connected}/${h.testCalls}`,
      percent(h.connectionRate),
      `${percent(h.low, places)}–${percent(h.high, places)}`,
      bandNames[h.band][language],
      decimal(h.score),
      ...(moved ? [bandMoveText(h, language)] : []),
    ]),
  );
  const heading = `${english ? 'Period' : '周期'} ${document.period}${document.madeUp ? (english ? ' (made up)' : '（虚构数据）') : ''}`;
  return [
    heading,
    perBand,
    standardText(document, language),
    hotlines,
    timeTable(document, names, language),
    ...document.notices.map((notice) => speak(language, 'terminal').say(notice)),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
};

/** How many hotlines meet the seconds standard; nothing where no result tells seconds. */
const standardText = ({ hotlines, secondsStandard }: RankDocument, language: Language): string => {
  if (hotlines.every(({ meetsSecondsStandard }) => meetsSecondsStandard === null)) return '';
  const { standardSeconds, hotlines: met, share, meanSecondsOfThose } = secondsStandard;
  const mean = decimal(meanSecondsOfThose, 2);
  return language === 'en'
    ? `${counted(met, 'hotline')} (${percent(share, 2)}) ${oneOrMany(met, 'meets', 'meet')} the ${standardSeconds}-second standard; ${oneOrMany(met, 'its', 'their')} mean is ${mean} s`
    : `${met} 条热线（${percent(share, 2)}）${standardSeconds} 秒达标，达标者平均 ${mean} 秒`;
};

const groupHeadings = {
  'zh-CN': { province: '省份', region: '地区', cityTier: '城市级别' },
  en: { province: 'province', region: 'region', cityTier: 'city tier' },
} as const;

/** Figures of provinces, regions or city tiers: calls of a group's hotlines together, best first. */
export const groupsText = (document: RankDocument, by: Grouping, language: Language): string => {
  const english = language === 'en';
  const { standardSeconds } = document.secondsStandard;
  const table = textTable(
    [
      groupHeadings[language][by],
      ...(english ? ['hotlines', 'connection rate'] : ['热线数', '接通率']),
      ...bands.map((band) => bandNames[band][language]),
      ...(english
        ? ['mean seconds', `within ${standardSeconds} s`]
        : ['平均秒数', `${standardSeconds} 秒达标`]),
    ],
    groupHotlines(document.hotlines, by).map((group) => [
      group.name === '' ? '–' : nameIn(group.name, language),
      String(group.hotlines),
      percent(group.connectionRate),
      ...bands.map((band) => String(group.inBand[band])),
      decimal(group.meanSeconds),
      group.judged === 0 ? '–' : `${group.met} (${percent(group.met / group.judged, 0)})`,
    ]),
  );
  return remarkMadeUp(
    `${english ? 'Period' : '周期'} ${document.period}\n\n${table}`,
    document.madeUp,
    language,
  );
};

/** Those likeliest to be rated colder next time, with what of that is luck of the sample. */
export const atRiskText = (
  document: RankDocument,
  names: ReadonlyMap<string, string>,
  language: Language,
): string => {
  const english = language === 'en';
  const traffic = document.basis === 'traffic';
  const table = textTable(
    english
      ? ['hotline', 'rate', 'band', traffic ? 'colder next week' : 'colder next time', 'colder in truth']
      : ['热线', '接通率', '档次', traffic ? '下周降档' : '下次降档', '实际已降档'],
    document.hotlines.map((h) => [
      (traffic ? names.get(h.hotline) : undefined) ?? nameIn(h.name, language),
      percent(h.connectionRate),
      bandNames[h.band][language],
      h.risk === undefined ? '–' : percent(h.risk.fallChance),
      h.risk === undefined ? '–' : percent(h.risk.trueFallChance),
    ]),
  );
  const meaning = traffic ? trafficRisk(language) : testCallRisk(document.weightPerYear ?? 0, language);
  const answer = [`${english ? 'Period' : '周期'} ${document.period}`, table, meaning].join('\n\n');
  return remarkMadeUp(answer, document.madeUp, language);
};

const trafficRisk = (language: Language): string =>
  language === 'en'
    ? "The first chance is that next week's rate lies in a colder band, by the forecast of its days; the second that this period's true rate does already."
    : '前一列是下周接听率落入更冷一档的可能（由逐日预测得出）；后一列是本期真实接听率已在更冷一档的可能。';

const testCallRisk = (weightPerYear: number, language: Language): string => {
  const weight = percent(weightPerYear, 0);
  return language === 'en'
    ? `The first chance is of the band that will be published: much of it is the luck of a sample. The second is that the true rate lies in a colder band already. A result a year old weighs ${weight} of one of now: so earlier periods foretold this one best.`
    : `前一列是公布的档次变冷的可能，其中不少是抽样运气；后一列是真实接通率已落在更冷一档的可能。一年前的结果按 ${weight} 计：以往各期这样最能预示本期。`;
};

/** Rates by day and night, working day and day off, of the hotlines whose times are known: at most a screenful. */
const timeTable = (
  { hotlines, basis }: RankDocument,
  names: ReadonlyMap<string, string>,
  language: Language,
): string => {
  const timed = hotlines.filter((h) => (h.byTime ?? []).length > 0).slice(0, 30);
  if (timed.length === 0) return '';
  const parts = (['day', 'night', 'working-day', 'day-off'] as const).filter((part) =>
    timed.some((h) => h.byTime?.some((own) => own.part === part)),
  );
  return textTable(
    [language === 'en' ? 'hotline' : '热线', ...parts.map((part) => partNames[part][language])],
    timed.map((h) => [
      (basis === 'traffic' ? names.get(h.hotline) : undefined) ?? nameIn(h.name, language),
      ...parts.map((part) => {
        const own = h.byTime?.find((one) => one.part === part);
        return own === undefined
          ? '–'
          : `${percent(own.rate)} (${percent(own.low, 0)}–${percent(own.high, 0)})`;
      }),
    ]),
  );
};

/** How many lines are in each band; a line's own queues are not set beside another year. */
const bandTable = ({ bands: counts, basis }: RankDocument, language: Language): string => {
  const english = language === 'en';
  const ofQueues = basis === 'traffic';
  const counted = ofQueues ? (english ? 'lines' : '线路数') : english ? 'hotlines' : '热线数';
  return textTable(
    [
      english ? 'band' : '档次',
      counted,
      english ? 'share' : '占比',
      ...(ofQueues ? [] : [english ? 'change' : '同比增减']),
    ],
    counts.map((band) => [
      bandNames[band.band][language],
      String(band.hotlines),
      percent(band.share, 2),
      ...(ofQueues ? [] : [band.change === null ? '–' : `${band.change > 0 ? '+' : ''}${band.change}`]),
    ]),
  );
};
