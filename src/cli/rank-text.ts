import { spoken } from '../words/phrases.ts';
import { rankWords } from '../words/terminal/rank.ts';
import type { RankDocument } from '../contract/documents/rank-document.ts';
import { nameIn } from '../kernel/name-in.ts';
import type { Language } from '../kernel/text.ts';
import { decimal, percent } from '../render/format.ts';
import { bands, groupHotlines, type Grouping } from '../render/league.ts';
import { textTable } from '../render/text-table.ts';
import { bandMoveText } from './band-move-text.ts';
import { bandNames } from '../words/terminal/band-names.ts';
import { remarkMadeUp } from './made-up-remark.ts';
import { partNames } from '../words/terminal/part-names.ts';
import { speak } from '../words/speak.ts';

/** The league table: bands and their change on the year, then every hotline with the range that chance leaves. */
export const rankText = (
  document: RankDocument,
  names: ReadonlyMap<string, string>,
  language: Language,
): string => {
  const words = spoken(rankWords, language);
  const perBand = bandTable(document, language);
  const places = document.basis === 'traffic' ? 1 : 0;
  const moved = document.previousPeriod !== null;
  const hotlines = textTable(
    [
      ...(document.basis === 'traffic' ? words.trafficHeads : words.heads),
      ...(moved ? [words.onTheYear] : []),
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
  const heading = `${words.period} ${document.period}${document.madeUp ? words.madeUp : ''}`;
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
  return spoken(rankWords, language).standard({ hotlines: met, share, standardSeconds, mean });
};

/** Figures of provinces, regions or city tiers: calls of a group's hotlines together, best first. */
export const groupsText = (document: RankDocument, by: Grouping, language: Language): string => {
  const words = spoken(rankWords, language);
  const { standardSeconds } = document.secondsStandard;
  const table = textTable(
    [
      words[by],
      words.hotlines,
      words.connectionRate,
      ...bands.map((band) => bandNames[band][language]),
      words.meanSeconds,
      words.withinS({ standardSeconds }),
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
  return remarkMadeUp(`${words.period} ${document.period}\n\n${table}`, document.madeUp, language);
};

/** Those likeliest to be rated colder next time, with what of that is luck of the sample. */
export const atRiskText = (
  document: RankDocument,
  names: ReadonlyMap<string, string>,
  language: Language,
): string => {
  const words = spoken(rankWords, language);
  const traffic = document.basis === 'traffic';
  const table = textTable(
    [
      words.hotline,
      words.rate,
      words.band,
      traffic ? words.colderNextWeek : words.colderNextTime,
      words.colderInTruth,
    ],
    document.hotlines.map((h) => [
      (traffic ? names.get(h.hotline) : undefined) ?? nameIn(h.name, language),
      percent(h.connectionRate),
      bandNames[h.band][language],
      h.risk === undefined ? '–' : percent(h.risk.fallChance),
      h.risk === undefined ? '–' : percent(h.risk.trueFallChance),
    ]),
  );
  const meaning = traffic ? trafficRisk(language) : testCallRisk(document.weightPerYear ?? 0, language);
  const answer = [`${words.period} ${document.period}`, table, meaning].join('\n\n');
  return remarkMadeUp(answer, document.madeUp, language);
};

const trafficRisk = (language: Language): string => spoken(rankWords, language).trafficRisk;

const testCallRisk = (weightPerYear: number, language: Language): string => {
  const weight = percent(weightPerYear, 0);
  return spoken(rankWords, language).testCallRisk({ weight });
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
    [spoken(rankWords, language).hotline, ...parts.map((part) => partNames[part][language])],
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
  const words = spoken(rankWords, language);
  const ofQueues = basis === 'traffic';
  const counted = ofQueues ? words.lines : words.hotlines;
  return textTable(
    [words.band, counted, words.share, ...(ofQueues ? [] : [words.change])],
    counts.map((band) => [
      bandNames[band.band][language],
      String(band.hotlines),
      percent(band.share, 2),
      ...(ofQueues ? [] : [band.change === null ? '–' : `${band.change > 0 ? '+' : ''}${band.change}`]),
    ]),
  );
};
