import { speak } from '../words/speak.ts';
import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { scoreStanding } from '../contract/score-standing.ts';
import type { Range } from '../contract/documents/range-schema.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { bandChanceName, levelName, shareNames } from './figure-names.ts';
import { rounded } from './format.ts';
import { tableOf, type Cell, type Column, type ReportTable } from './report-table.ts';
import { weekScoreText } from './score-text.ts';
import { shortageOf } from './shortages.ts';
import type { ReportWords } from './words.ts';

const noRange: Range = { mean: null, q10: null, q90: null };

/** The figures of the whole week, one a row, with their 80 % ranges. */
export const overviewTable = (plan: PlanDocument, language: Language, words: ReportWords): ReportTable => {
  const { total, monitoring } = plan;
  const { hasTotal, known, count } = scoreStanding(monitoring.indicators);
  const row = (name: string, range: Range): Cell[] => [
    name,
    rounded(range.mean),
    rounded(range.q10),
    rounded(range.q90),
  ];
  const single = (name: string, value: Cell): Cell[] => [name, value, null, null];
  return {
    name: words.overview,
    head: [words.figure, words.value, words.low80, words.high80],
    rows: [
      single(words.title, inLanguage(plan.hotline.name, language)),
      ...(plan.hotline.madeUp ? [single(words.notices, words.madeUp)] : []),
      ...(plan.unusual ?? []).map((said) => single(words.unusual, speak(language, 'terminal').say(said))),
      single(words.plan, plan.id),
      single(words.week, plan.week),
      single(words.history, `${plan.history.firstDate} – ${plan.history.lastDate}`),
      row(words.calls, total.calls),
      row(words.connectionRate, total.connectionRate),
      row(levelName(plan, words), total.serviceLevel),
      single(words.speedOfAnswer, rounded(total.averageSpeedOfAnswerSeconds, 2)),
      single(words.occupancy, rounded(total.occupancy)),
      single(words.required, rounded(total.requiredOperatorHours, 1)),
      single(words.scheduled, rounded(total.scheduledOperatorHours, 1)),
      single(words.seenHours, rounded(total.seenOperatorHours, 1)),
      single(words.band, words[monitoring.likeliestBand]),
      single(bandChanceName(words), rounded(monitoring.bandChances[monitoring.likeliestBand])),
      row(words.score, hasTotal ? monitoring.score : noRange),
      ...(known === count ? [] : [single(words.scoreBasis, weekScoreText(monitoring, words))]),
    ],
    shares: { rows: shareNames(plan, words) },
  };
};

/** Who is missing where, in operator-hours by tier and day; no table where nobody is. */
export const shortTables = (plan: PlanDocument, language: Language, words: ReportWords): ReportTable[] => {
  const { worst, tiers } = shortageOf(plan);
  if (worst === undefined) return [];
  const names = new Map(plan.tiers.map((tier) => [tier.tier, inLanguage(tier.name, language)]));
  return [
    tableOf(words.shortSheet, tiers, [
      [words.tier, (tier) => names.get(tier.tier) ?? tier.tier],
      ...plan.days.map(({ date }, d): Column<(typeof tiers)[number]> => [
        date,
        (tier) => rounded(tier.dayHours[d] ?? null, 1),
      ]),
      [words.whole, (tier) => rounded(tier.hours, 1)],
      [words.standIns, (tier) => rounded(-tier.standInHours, 1)],
      [words.leftOpen, (tier) => rounded(tier.openHours, 1)],
      [words.worstAt, (tier) => tier.worst?.start ?? null],
      [words.operatorsShort, (tier) => rounded(tier.worst?.operators ?? null, 1)],
    ]),
  ];
};

/** A row a day: calls, people at its peak, rates, band and score. */
export const dayTable = (plan: PlanDocument, language: Language, words: ReportWords): ReportTable =>
  tableOf(
    words.days,
    plan.days,
    [
      [words.date, (day) => day.date],
      [words.weekday, (day) => words.weekdays[day.weekday - 1] ?? ''],
      [words.dayKind, (day) => (day.dayKind === null ? '' : inLanguage(day.dayKind, language))],
      [words.calls, (day) => rounded(day.calls.mean, 1)],
      [words.low80, (day) => rounded(day.calls.q10, 1)],
      [words.high80, (day) => rounded(day.calls.q90, 1)],
      [words.peak, (day) => day.peak.start],
      ...plan.tiers.map(({ tier, name }): Column<PlanDocument['days'][number]> => [
        inLanguage(name, language),
        (day) => rounded(day.peak.operators[tier] ?? 0, 1),
      ]),
      [words.seen, (day) => rounded(day.operatorsSeen?.peak ?? null, 1)],
      [words.required, (day) => rounded(day.requiredOperatorHours, 1)],
      [words.scheduled, (day) => rounded(day.scheduledOperatorHours, 1)],
      [words.connectionRate, (day) => rounded(day.connectionRate.mean)],
      [levelName(plan, words), (day) => rounded(day.serviceLevel.mean)],
      [words.occupancy, (day) => rounded(day.occupancy)],
      [words.band, (day) => words[day.band]],
      [words.bandChance, (day) => rounded(day.bandChance)],
      [words.score, (day) => rounded(day.score.mean, 2)],
    ],
    shareNames(plan, words),
  );
