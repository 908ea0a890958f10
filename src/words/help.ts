import type { IngestRequest } from '../contract/http/file-documents.ts';
import type {
  AccuracyRequest,
  BacktestRequest,
  BandsRequest,
  CompareRequest,
  DayRequest,
  DivertRequest,
  ForecastRequest,
  LeversRequest,
  OutlookRequest,
  PlanRequest,
  RankQuery,
  RateRequest,
  RequirementRequest,
  SimulateRequest,
  TopicsRequest,
} from '../contract/http/job-requests.ts';
import type { RosterRequest } from '../contract/http/roster-requests.ts';
import { messages } from './messages.ts';
import type { Label } from './sentences.ts';

/** What commands are declared with, by its key. */
const commandHelp = {
  ...messages('help-admin'),
  ...messages('feeds-feed'),
  ...messages('help-files'),
  ...messages('help-monitoring'),
  ...messages('help-planning'),
  ...messages('help-rostering'),
  ...messages('help-running'),
  ...messages('help-shared'),
};
export type HelpKey = keyof typeof commandHelp;

const said = messages('help-requests');
const planOptionsSaid = messages('help-plan-options');
const forecastOptionsSaid = messages('help-forecast-options');
const outlookOptionsSaid = messages('help-outlook-options');
const topicsOptionsSaid = messages('help-topics-options');
const rateOptionsSaid = messages('help-rate-options');
const accuracyOptionsSaid = messages('help-accuracy-options');
const backtestOptionsSaid = messages('help-backtest-options');
const bandsOptionsSaid = messages('help-bands-options');
const divertOptionsSaid = messages('help-divert-options');
const dayOptionsSaid = messages('help-day-options');
const leversOptionsSaid = messages('help-levers-options');
const requirementOptionsSaid = messages('help-requirement-options');
const simulateOptionsSaid = messages('help-simulate-options');
const compareOptionsSaid = messages('help-compare-options');
const ingestOptionsSaid = messages('help-ingest-options');
const rankOptionsSaid = messages('help-rank-options');
const rosterOptionsSaid = messages('help-roster-options');

const assumedCauses = { ...said.assumedCauses, argument: '<values>' } as const satisfies OptionWords;

export const planOptions = {
  ...planOptionsSaid,
  week: { ...planOptionsSaid.week, argument: '<week>' },
  band: { ...planOptionsSaid.band, argument: '<band>' },
  confidence: { ...planOptionsSaid.confidence, argument: '<share>' },
  handleTimeFactor: { ...planOptionsSaid.handleTimeFactor, argument: '<factor>' },
  patienceFactor: { ...planOptionsSaid.patienceFactor, argument: '<factor>' },
  redialFactor: { ...planOptionsSaid.redialFactor, argument: '<factor>' },
  shrinkageFactor: { ...planOptionsSaid.shrinkageFactor, argument: '<factor>' },
  handleTimeSeconds: { ...planOptionsSaid.handleTimeSeconds, argument: '<seconds>' },
  latestStart: { ...planOptionsSaid.latestStart, argument: '<shifts>' },
  addShift: { ...planOptionsSaid.addShift, argument: '<shifts>' },
  dropShift: { ...planOptionsSaid.dropShift, argument: '<shifts>' },
  people: { ...planOptionsSaid.people, argument: '<tiers>' },
  openingHours: { ...planOptionsSaid.openingHours, argument: '<hours>' },
  cause: assumedCauses,
} as const satisfies Asked<PlanRequest, 'targets'>;

export const forecastOptions = {
  ...forecastOptionsSaid,
  from: { ...forecastOptionsSaid.from, argument: '<date>' },
  cause: {
    ...assumedCauses,
    'zh-CN': `${assumedCauses['zh-CN']}（只用于工作区）`,
    en: `${assumedCauses.en} (of a workspace)`,
  },
} as const satisfies Asked<ForecastRequest, 'queue' | 'method'>;

export const outlookOptions = {
  ...outlookOptionsSaid,
  by: { ...outlookOptionsSaid.by, argument: '<period>' },
  growth: { ...outlookOptionsSaid.growth, argument: '<share>' },
  from: { ...outlookOptionsSaid.from, argument: '<date>' },
} as const satisfies Asked<OutlookRequest, 'queue'>;

export const topicsOptions = {
  ...topicsOptionsSaid,
  week: { ...topicsOptionsSaid.week, argument: '<week>' },
  from: { ...topicsOptionsSaid.from, argument: '<date>' },
  queue: { ...topicsOptionsSaid.queue, argument: '<queue>' },
  same: { ...topicsOptionsSaid.same, argument: '<names>' },
} as const satisfies Asked<TopicsRequest>;

export const rateOptions = {
  ...rateOptionsSaid,
  from: { ...rateOptionsSaid.from, argument: '<date>' },
  queue: { ...rateOptionsSaid.queue, argument: '<queue>' },
} as const satisfies Asked<RateRequest>;

export const accuracyOptions = {
  ...accuracyOptionsSaid,
  since: { ...accuracyOptionsSaid.since, argument: '<date>' },
  queue: { ...accuracyOptionsSaid.queue, argument: '<queue>' },
} as const satisfies Asked<AccuracyRequest>;

export const backtestOptions = {
  ...backtestOptionsSaid,
  origins: { ...backtestOptionsSaid.origins, argument: '<origins>' },
} as const satisfies Asked<BacktestRequest, 'asOf' | 'method'>;

export const bandsOptions = {
  ...bandsOptionsSaid,
  testCalls: { ...bandsOptionsSaid.testCalls, argument: '<n,n,...>' },
  connected: { ...bandsOptionsSaid.connected, argument: '<k>' },
  plan: { ...bandsOptionsSaid.plan, argument: '<id>' },
} as const satisfies Asked<BandsRequest>;

export const divertOptions = {
  ...divertOptionsSaid,
  plan: { ...divertOptionsSaid.plan, argument: '<id>' },
  aim: { ...divertOptionsSaid.aim, argument: '<aim>' },
  asOf: { ...divertOptionsSaid.asOf, argument: '<time>' },
  roster: { ...divertOptionsSaid.roster, argument: '<roster>' },
  offeredTo: { ...divertOptionsSaid.offeredTo, flag: 'offer-above', argument: '<seconds>' },
  patienceFactor: { ...divertOptionsSaid.patienceFactor, argument: '<x>' },
} as const satisfies Asked<DivertRequest>;

export const dayOptions = {
  ...dayOptionsSaid,
  asOf: { ...dayOptionsSaid.asOf, argument: '<time>' },
  plan: { ...dayOptionsSaid.plan, argument: '<id>' },
  falseAlarmsPerWeek: { ...dayOptionsSaid.falseAlarmsPerWeek, flag: 'false-alarms', argument: '<n>' },
} as const satisfies Asked<DayRequest, 'part'>;

export const leversOptions = {
  ...leversOptionsSaid,
  recover: { ...leversOptionsSaid.recover, argument: '<share>' },
  budget: { ...leversOptionsSaid.budget, argument: '<money>' },
} as const satisfies Asked<LeversRequest, 'plan' | 'roster'>;

export const requirementOptions = {
  ...requirementOptionsSaid,
  plan: { ...requirementOptionsSaid.plan, argument: '<id>' },
  at: { ...requirementOptionsSaid.at, argument: '<time>' },
  tier: { ...requirementOptionsSaid.tier, argument: '<name>' },
  curve: { ...requirementOptionsSaid.curve, argument: '<rate>' },
} as const satisfies Asked<RequirementRequest>;

export const simulateOptions = {
  ...simulateOptionsSaid,
  plan: { ...simulateOptionsSaid.plan, argument: '<id>' },
} as const satisfies Asked<SimulateRequest, 'scenario'>;

export const compareOptions = {
  ...compareOptionsSaid,
  week: { ...compareOptionsSaid.week, argument: '<week>' },
  period: { ...compareOptionsSaid.period, argument: '<period>' },
} as const satisfies Asked<CompareRequest>;

export const ingestOptions = {
  ...ingestOptionsSaid,
  encoding: { ...ingestOptionsSaid.encoding, argument: '<name>' },
  sheet: { ...ingestOptionsSaid.sheet, argument: '<name>' },
  zone: { ...ingestOptionsSaid.zone, flag: 'timezone', argument: '<zone>' },
  queue: { ...ingestOptionsSaid.queue, argument: '<queue>' },
  absent: { ...ingestOptionsSaid.absent, argument: '<meaning>' },
  attribution: { ...ingestOptionsSaid.attribution, argument: '<when>' },
  dayShape: { ...ingestOptionsSaid.dayShape, argument: '<shape>' },
} as const satisfies Asked<IngestRequest, 'kind'>;

export const rankOptions = {
  ...rankOptionsSaid,
  period: { ...rankOptionsSaid.period, argument: '<period>' },
  province: { ...rankOptionsSaid.province, argument: '<name>' },
  region: { ...rankOptionsSaid.region, argument: '<name>' },
  cityTier: { ...rankOptionsSaid.cityTier, argument: '<name>' },
  roundTheClock: { ...rankOptionsSaid.roundTheClock, argument: '<yes|no>' },
  smartVoice: { ...rankOptionsSaid.smartVoice, argument: '<yes|no>' },
  enterpriseLine: { ...rankOptionsSaid.enterpriseLine, argument: '<yes|no>' },
  band: { ...rankOptionsSaid.band, argument: '<band>' },
  moved: { ...rankOptionsSaid.moved, argument: '<how>' },
} as const satisfies Asked<RankQuery, 'basis'>;

export const rosterOptions = {
  ...rosterOptionsSaid,
  from: { ...rosterOptionsSaid.from, argument: '<date>' },
  rules: { ...rosterOptionsSaid.rules, argument: '<profile>' },
} as const satisfies Asked<RosterRequest, 'cycle' | 'pins'>;

const optionTables: Readonly<Record<string, Readonly<Record<string, OptionWords>>>> = {
  plan: planOptions,
  forecast: forecastOptions,
  outlook: outlookOptions,
  topics: topicsOptions,
  rate: rateOptions,
  accuracy: accuracyOptions,
  backtest: backtestOptions,
  bands: bandsOptions,
  day: dayOptions,
  divert: divertOptions,
  levers: leversOptions,
  requirement: requirementOptions,
  simulate: simulateOptions,
  compare: compareOptions,
  ingest: ingestOptions,
  rank: rankOptions,
  roster: rosterOptions,
};

/** All of them by key: the request's name and the field's. */
const optionHelp: Readonly<Record<string, OptionWords>> = Object.fromEntries(
  Object.entries(optionTables).flatMap(([request, options]) =>
    Object.entries(options).map(([field, words]) => [`${request}.${field}`, words]),
  ),
);

/** Every description that --help prints, by its key. */
export const helpWords: Readonly<Record<string, Label>> = { ...optionHelp, ...commandHelp };

/** Titles of the parts of --help, by how the argument parser writes them. */
export const helpTitles: Readonly<Record<string, Label>> = messages('help-titles');

/**
 * What --help says of the fields of requests: the terminal asks for each by an option of its name. A field without
 * words, or without those of a language, does not compile.
 */
export interface OptionWords extends Label {
  /** How its value is written: `<share>`; left out: `<n>` for a number, nothing for a flag, else `<value>`. */
  readonly argument?: string;
  /** Its name in the terminal, where that is not the field's. */
  readonly flag?: string;
}

/** The option by which a field is asked for: --test-calls for testCalls, unless its words name another. */
export const optionName = (field: string, words?: Partial<OptionWords>): string =>
  `--${words?.flag ?? field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Words for all fields but the seed, which every command takes, and those that are asked in another way. */
type Asked<Request, Otherwise extends keyof Request = never> = Readonly<
  Record<Exclude<keyof Request, Otherwise | 'seed'>, OptionWords>
>;

const optionKeys = new Map(Object.entries(optionHelp).map(([key, words]) => [words, key]));

/** The key of words of a field. */
export const optionKey = (words: OptionWords): string => optionKeys.get(words) ?? words.en;
