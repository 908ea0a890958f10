import type { AccessFindings } from '../access/access-findings.ts';
import type { NoAdministrator } from '../access/openid.ts';
import type { CliFindings, CliProblems, WrongUsage } from '../cli/cli-findings.ts';
import type { SettingsProblems } from '../engine/read-settings.ts';
import type { FeedFindings, FeedProblems } from '../feeds/feed-findings.ts';
import type { HttpFindings, HttpProblems } from '../http/http-findings.ts';
import { shownValue } from '../kernel/errors.ts';
import type { Change } from '../kernel/merge-edits.ts';
import type { StoreProblems } from '../store/store-problems.ts';
import { openIdRefusals } from './door-words.ts';
import { nameFields } from './ingest.ts';
import { seriesProblems } from './ingest-problems.ts';
import { filledWith, messageFilledWith, messages, wordsIn } from './messages.ts';
import { modelTitles } from './model-paths.ts';
import { fieldWords } from './record-kinds.ts';
import type { ProblemSentences, Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';

// On the page they come with the views that say them.
nameFields(fieldWords);

const feedSentences: Sentences<FeedFindings> = messages('feed');

/** Why somebody is not let in, or an account not changed. What is said at the door is the same for every account. */
const accessSentences: Sentences<AccessFindings> = { ...messages('access'), ...openIdRefusals };

const http = messages('http');

const httpSentences: Sentences<HttpFindings> = {
  ...http,
  'too-many-jobs': filledWith(http['too-many-jobs'], ({ own, holders }) => ({
    own,
    holders: holders.filter(({ name }) => name !== ''),
  })),
};

const usageInChinese = (
  { refused, parser, names, wanted, choices, near }: WrongUsage,
  { list, say }: Speech,
): string => {
  const words = refusedInChinese[refused] ?? `用法不对：${parser}`;
  return [
    words.replaceAll(/\{(\d)\}/g, (_, at: string) => names[Number(at)] ?? ''),
    ...(wanted === null ? [] : [`应为${say(wanted)}`]),
    ...(choices.length === 0 ? [] : [`可用：${list(choices)}`]),
    ...(near.length === 0 ? [] : [`是不是 ${list(near)}`]),
  ].join('；');
};

/** The parser speaks English itself; what it cannot know is added. */
const usageInEnglish = ({ parser, wanted }: WrongUsage, { say }: Speech): string =>
  wanted === null ? parser : `${parser} Wanted: ${say(wanted)}`;

/** Chinese of what the argument parser refuses, by its error code; {0}, {1} take the options or values named. */
const refusedInChinese: Readonly<Record<string, string>> = {
  'commander.unknownOption': '无法识别的选项 {0}',
  'commander.unknownCommand': '无法识别的命令 {0}',
  'commander.missingArgument': '缺少参数 {0}',
  'commander.optionMissingArgument': '选项 {0} 后面缺少值',
  'commander.missingMandatoryOptionValue': '缺少必需的选项 {0}',
  'commander.excessArguments': '参数太多',
  'commander.invalidArgument': '{0} 的值“{1}”不对',
  'commander.conflictingOption': '{0} 不能与 {1} 同时使用',
  'commander.help': '请给出命令',
};

const cli = messages('cli');

/** What commands answer in a sentence, and what is wrong with how they were called. */
const cliSentences: Sentences<CliFindings> = {
  ...cli,
  'no-administrator': filledWith(cli['no-administrator'], (missing, speech) => ({
    left: noAdministratorLeft[speech.language],
    again: administratorAgain[speech.language](missing, speech),
  })),
  'version-brought-back': filledWith(cli['version-brought-back'], ({ id, model }) => ({
    id,
    model: modelTitles[model],
  })),
  'load-beyond-limit': filledWith(cli['load-beyond-limit'], ({ erlangs, most }) => ({
    erlangs: erlangs.toPrecision(3),
    most,
  })),
  'a-number': filledWith(cli['a-number'], ({ range }) => ({
    open: false,
    openAbove: false,
    whole: false,
    infinite: false,
    ...range,
    bounded: range.min !== undefined || range.max !== undefined,
  })),
  'wrong-usage': {
    'zh-CN': usageInChinese,
    en: usageInEnglish,
  },
};

/** That nobody can let others in any more, and what to do: the same when a server starts and when it is examined. */
const { noAdministratorLeft, administratorAgain: again } = messages('access-people');
const administratorAgain = filledWith(again, ({ user, why }: NoAdministrator) => ({ user: user ?? '', why }));

/**
 * What only the terminal and the HTTP layer say, and what is wrong with a store, a bare series or an installation: the
 * page is built without it (src/web/vite.config.ts), since answers bring the sentences of their problems along.
 */
export const doorSentences = { ...accessSentences, ...cliSentences, ...feedSentences, ...httpSentences };

const settingsProblems: ProblemSentences<SettingsProblems> = messages('settings-problems');

const { silent, ...feedProblemsSaid } = messages('feed-problems');

/** Why a feed does not bring what it should, and what to do. */
const feedProblems: ProblemSentences<FeedProblems> = {
  ...feedProblemsSaid,
  'feed-silent': messageFilledWith(feedProblemsSaid['feed-silent'], ({ unit, count }, speech) => ({
    span: wordsIn(silent[unit], { count }, speech),
  })),
};

const storeProblemsSaid = messages('store-problems');

/** What is wrong with a store, its place, or the models beside it, and what to do. */
const storeProblems: ProblemSentences<StoreProblems> = {
  ...storeProblemsSaid,
  'hotline-not-here': {
    ...storeProblemsSaid['hotline-not-here'],
    remedy: filledWith(storeProblemsSaid['hotline-not-here'].remedy, ({ held }) => ({
      held: held.slice(0, 5),
      more: held.length > 5,
    })),
  },
  'plan-step-not-allowed': {
    message: filledWith(storeProblemsSaid['plan-step-not-allowed'].message, ({ state }) => ({
      state: planStateWords[state],
    })),
    remedy: filledWith(storeProblemsSaid['plan-step-not-allowed'].remedy, ({ from }) => ({
      from: from.map((one) => planStateWords[one]),
    })),
  },
  'published-plans-lost': messageFilledWith(storeProblemsSaid['published-plans-lost'], ({ plans }) => ({
    plans,
    all: plans.length,
  })),
  'plan-changed-meanwhile': messageFilledWith(storeProblemsSaid['plan-changed-meanwhile'], (changed) => ({
    ...changed,
    state: planStateWords[changed.state],
  })),
  'model-changed-meanwhile': messageFilledWith(
    storeProblemsSaid['model-changed-meanwhile'],
    ({ changes }) => ({
      changes: changes?.map(changeSaid) ?? null,
    }),
  ),
};

const httpProblems: ProblemSentences<HttpProblems> = messages('http-problems');

const { parts, ...cliProblemsSaid } = messages('cli-problems');

/** Why a file cannot be read or written, where the system says so; an unknown reason stands under the system's own code. */
const because = ({ reason }: { readonly reason: string }, speech: Speech) => ({
  reason:
    reason === ''
      ? ''
      : wordsIn(parts.reason, { reason: reason === 'block device' ? 'block' : reason }, speech),
});

/** What goes wrong in front of the use cases, and what to do. */
const cliProblems: ProblemSentences<CliProblems> = {
  ...cliProblemsSaid,
  'file-not-readable': messageFilledWith(cliProblemsSaid['file-not-readable'], because),
  'file-not-writable': messageFilledWith(cliProblemsSaid['file-not-writable'], because),
  'administrator-missing': { message: noAdministratorLeft, remedy: administratorAgain },
};

export const doorProblems = {
  ...cliProblems,
  ...feedProblems,
  ...httpProblems,
  ...storeProblems,
  ...seriesProblems,
  ...settingsProblems,
};

const planStateWords = messages('plan-state');

/** A field by its path, with what it says by now. */
const changeSaid = ({ path, before, after }: Change): string =>
  `${path.join('.')} ${shownValue(before)} → ${shownValue(after)}`;
