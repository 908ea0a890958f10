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

/** Words of fields with how the value of each is written, and its name in the terminal where that is not the field's. */
const written = <Words extends Readonly<Record<string, Label>>>(
  words: Words,
  forms: Readonly<Partial<Record<keyof Words & string, string>>>,
  flags?: Readonly<Partial<Record<keyof Words & string, string>>>,
): { readonly [Field in keyof Words]: OptionWords } => {
  const formOf: Readonly<Partial<Record<string, string>>> = forms;
  const flagOf: Readonly<Partial<Record<string, string>>> = flags ?? {};
  const wordsOf = ([field, said]: [string, Label]): [string, OptionWords] => {
    const [argument, flag] = [formOf[field], flagOf[field]];
    if (argument === undefined) return [field, said];
    return [field, flag === undefined ? { ...said, argument } : { ...said, flag, argument }];
  };
  return Object.fromEntries(Object.entries(words).map(wordsOf)) as {
    readonly [Field in keyof Words]: OptionWords;
  };
};

const assumedCauses = { ...said.assumedCauses, argument: '<values>' } as const satisfies OptionWords;

/** What --help says of the fields of each request. */
export const requestOptions = {
  plan: {
    ...written(messages('help-plan-options'), {
      week: '<week>',
      band: '<band>',
      confidence: '<share>',
      handleTimeFactor: '<factor>',
      patienceFactor: '<factor>',
      redialFactor: '<factor>',
      shrinkageFactor: '<factor>',
      handleTimeSeconds: '<seconds>',
      latestStart: '<shifts>',
      addShift: '<shifts>',
      dropShift: '<shifts>',
      people: '<tiers>',
      openingHours: '<hours>',
    }),
    cause: assumedCauses,
  } satisfies Asked<PlanRequest, 'targets'>,
  forecast: {
    ...written(messages('help-forecast-options'), { from: '<date>' }),
    cause: {
      ...assumedCauses,
      'zh-CN': `${assumedCauses['zh-CN']}（只用于工作区）`,
      en: `${assumedCauses.en} (of a workspace)`,
    },
  } satisfies Asked<ForecastRequest, 'queue' | 'method'>,
  outlook: written(messages('help-outlook-options'), {
    by: '<period>',
    growth: '<share>',
    from: '<date>',
  }) satisfies Asked<OutlookRequest, 'queue'>,
  topics: written(messages('help-topics-options'), {
    week: '<week>',
    from: '<date>',
    queue: '<queue>',
    same: '<names>',
  }) satisfies Asked<TopicsRequest>,
  rate: written(messages('help-rate-options'), {
    from: '<date>',
    queue: '<queue>',
  }) satisfies Asked<RateRequest>,
  accuracy: written(messages('help-accuracy-options'), {
    since: '<date>',
    queue: '<queue>',
  }) satisfies Asked<AccuracyRequest>,
  backtest: written(messages('help-backtest-options'), {
    origins: '<origins>',
  }) satisfies Asked<BacktestRequest, 'asOf' | 'method'>,
  bands: written(messages('help-bands-options'), {
    testCalls: '<n,n,...>',
    connected: '<k>',
    plan: '<id>',
  }) satisfies Asked<BandsRequest>,
  divert: written(
    messages('help-divert-options'),
    {
      plan: '<id>',
      aim: '<aim>',
      asOf: '<time>',
      roster: '<roster>',
      offeredTo: '<seconds>',
      patienceFactor: '<x>',
    },
    { offeredTo: 'offer-above' },
  ) satisfies Asked<DivertRequest>,
  day: written(
    messages('help-day-options'),
    { asOf: '<time>', plan: '<id>', falseAlarmsPerWeek: '<n>' },
    { falseAlarmsPerWeek: 'false-alarms' },
  ) satisfies Asked<DayRequest, 'part'>,
  levers: written(messages('help-levers-options'), {
    recover: '<share>',
    budget: '<money>',
  }) satisfies Asked<LeversRequest, 'plan' | 'roster'>,
  requirement: written(messages('help-requirement-options'), {
    plan: '<id>',
    at: '<time>',
    tier: '<name>',
    curve: '<rate>',
  }) satisfies Asked<RequirementRequest>,
  simulate: written(messages('help-simulate-options'), { plan: '<id>' }) satisfies Asked<
    SimulateRequest,
    'scenario'
  >,
  compare: written(messages('help-compare-options'), {
    week: '<week>',
    period: '<period>',
  }) satisfies Asked<CompareRequest>,
  ingest: written(
    messages('help-ingest-options'),
    {
      encoding: '<name>',
      sheet: '<name>',
      zone: '<zone>',
      queue: '<queue>',
      absent: '<meaning>',
      attribution: '<when>',
      dayShape: '<shape>',
      overlap: '<which>',
    },
    { zone: 'timezone' },
  ) satisfies Asked<IngestRequest, 'kind'>,
  rank: written(messages('help-rank-options'), {
    period: '<period>',
    province: '<name>',
    region: '<name>',
    cityTier: '<name>',
    roundTheClock: '<yes|no>',
    smartVoice: '<yes|no>',
    enterpriseLine: '<yes|no>',
    band: '<band>',
    moved: '<how>',
  }) satisfies Asked<RankQuery, 'basis'>,
  roster: written(messages('help-roster-options'), {
    from: '<date>',
    rules: '<profile>',
  }) satisfies Asked<RosterRequest, 'cycle' | 'pins'>,
};

/** All of them by key: the request's name and the field's. */
const optionHelp: Readonly<Record<string, OptionWords>> = Object.fromEntries(
  Object.entries(requestOptions).flatMap(([request, options]) =>
    Object.entries<OptionWords>(options).map(([field, words]) => [`${request}.${field}`, words]),
  ),
);

/** Every description that --help prints, by its key. */
export const helpWords: Readonly<Record<string, Label>> = { ...optionHelp, ...commandHelp };

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
