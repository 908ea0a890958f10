import type { SettingsProblems } from '../engine/read-settings.ts';
import type { FeedFindings, FeedProblems } from '../feeds/feed-findings.ts';
import { shownValue } from '../kernel/errors.ts';
import type { Change } from '../kernel/merge-edits.ts';
import type { StoreProblems } from '../store/store-problems.ts';
import { accessSentences } from './access.ts';
import { cliProblems, cliSentences } from './cli.ts';
import { httpProblems, httpSentences } from './http.ts';
import { nameFields } from './ingest.ts';
import { seriesProblems } from './ingest-problems.ts';
import { messages } from './messages.ts';
import { fieldWords } from './record-kinds.ts';
import type { ProblemSentences, Sentences } from './sentences.ts';

// On the page they come with the views that say them.
nameFields(fieldWords);

/** What is said of feeds. */
const feedSentences: Sentences<FeedFindings> = {
  ...messages('feed'),
  'no-such-feed': {
    'zh-CN': ({ name, known }, { list }) =>
      `没有数据源 ${name}${known.length === 0 ? '' : `。现有：${list(known)}`}`,
    en: ({ name, known }, { list }) =>
      `There is no feed ${name}${known.length === 0 ? '' : `. There are: ${list(known)}`}`,
  },
};

/**
 * What only the terminal and the HTTP layer say, and what is wrong with a store, a bare series or an installation: the
 * page is built without it (src/web/vite.config.ts), since answers bring the sentences of their problems along.
 */
export const doorSentences = { ...accessSentences, ...cliSentences, ...feedSentences, ...httpSentences };

/** What is wrong with an installation's settings, and what to do. */
const settingsProblems: ProblemSentences<SettingsProblems> = messages('settings-problems');

const feedProblemsSaid = messages('feed-problems');

/** Why a feed does not bring what it should, and what to do. */
const feedProblems: ProblemSentences<FeedProblems> = {
  ...feedProblemsSaid,
  'feed-source-wrong': {
    ...feedProblemsSaid['feed-source-wrong'],
    message: {
      'zh-CN': ({ from, wants }) => `${from} 不是${wants === 'file' ? '文件' : '文件夹'}`,
      en: ({ from, wants }) => `${from} is not a ${wants}`,
    },
  },
};

const storeProblemsSaid = messages('store-problems');

/** What is wrong with a store, its place, or the models beside it, and what to do. */
const storeProblems: ProblemSentences<StoreProblems> = {
  ...storeProblemsSaid,
  'workspace-exists': {
    ...storeProblemsSaid['workspace-exists'],
    remedy: {
      'zh-CN': ({ replaceable }) =>
        replaceable
          ? '请用 --workspace 指定新文件夹；确要覆盖其全部内容时，请加 --replace。'
          : '请直接使用它，或换一个文件夹。',
      en: ({ replaceable }) =>
        replaceable
          ? 'Name a new folder with --workspace; to overwrite all that it holds, add --replace.'
          : 'Use it as it is, or choose another folder.',
    },
  },
  'database-held': {
    message: {
      'zh-CN': ({ shared }) =>
        shared
          ? '另有不同版本的 huawu 正连着该数据库，现在升级结构会使其出错'
          : '该工作区仍是旧版结构，而另一个程序正打开着它（多半是旧版 huawu），现在升级结构会使其出错',
      en: ({ shared }) =>
        shared
          ? 'huawu of another version is connected to this database: updating its structure now would break it'
          : 'this workspace still has the structure of an older version, and another program has it open (likely an older huawu): updating it now would break that one',
    },
    remedy: {
      'zh-CN': ({ shared }) =>
        shared
          ? '请先停下它们（server 与 worker），再运行 huawu migrate。'
          : '请先关闭那个程序，再打开工作区。',
      en: ({ shared }) =>
        shared
          ? 'Stop them (servers and workers), then run huawu migrate.'
          : 'Close that program, then open the workspace.',
    },
  },
  'path-not-possible': {
    ...storeProblemsSaid['path-not-possible'],
    message: {
      'zh-CN': ({ reason }) => (reason === 'too-long' ? '文件名或路径太长' : '文件名或路径含有不可用的字符'),
      en: ({ reason }) =>
        reason === 'too-long'
          ? 'the name or path of this file is too long'
          : 'the name or path of this file has a character that none may have',
    },
  },
  'hotline-not-here': {
    ...storeProblemsSaid['hotline-not-here'],
    remedy: {
      'zh-CN': ({ held }, { list }) =>
        held.length === 0
          ? '请检查数据库地址；要在其中新建热线，请用 huawu init 或 huawu move。'
          : `请检查设置 hotline；库中已有：${list(held.slice(0, 5))}${held.length > 5 ? '等' : ''}。`,
      en: ({ held }, { list }) =>
        held.length === 0
          ? 'Check the address of the database; to make the hotline in it, use huawu init or huawu move.'
          : `Check the setting hotline; it holds: ${list(held.slice(0, 5))}${held.length > 5 ? ' and others' : ''}.`,
    },
  },
  'plan-locked': {
    ...storeProblemsSaid['plan-locked'],
    message: {
      'zh-CN': ({ state }) =>
        state === 'published' ? '这份计划已经发布，不能再改' : '这份计划已被取代，留作存档，不能再改',
      en: ({ state }) =>
        state === 'published'
          ? 'this plan is published and cannot be changed any more'
          : 'this plan was superseded, is kept as it was and cannot be changed any more',
    },
  },
  'plan-step-not-allowed': {
    message: {
      'zh-CN': ({ state }) => `计划现在的状态是“${planStateWords[state]['zh-CN']}”，不能走这一步`,
      en: ({ state }) =>
        `the plan's state is ${planStateWords[state].en}: this step does not lead on from there`,
    },
    remedy: {
      'zh-CN': ({ from }) =>
        `这一步只适用于：${from.map((one) => planStateWords[one]['zh-CN']).join('、')}。`,
      en: ({ from }) =>
        `It is for plans whose state is ${from.map((one) => planStateWords[one].en).join(' or ')}.`,
    },
  },
  'published-plans-lost': {
    ...storeProblemsSaid['published-plans-lost'],
    message: {
      'zh-CN': ({ plans }, { list }) =>
        `这里有 ${plans.length} 份已发布的计划，备份里没有，或与这里的不同：${list(plans)}`,
      en: ({ plans }, { counted, list }) =>
        `${counted(plans.length, 'published plan')} here would be lost, which the backup does not hold as ${plans.length === 1 ? 'it stands' : 'they stand'}: ${list(plans)}`,
    },
  },
  'plan-changed-meanwhile': {
    ...storeProblemsSaid['plan-changed-meanwhile'],
    message: {
      'zh-CN': ({ state, name, by, notes }) =>
        `您看过之后，${by === '' ? '有人' : by}改过这份计划：现在的状态是“${planStateWords[state]['zh-CN']}”${name === '' ? '' : `，名称是“${name}”`}${notes.map((note) => `；${note.by === '' ? '备注' : `${note.by}备注`}：${note.text}`).join('')}`,
      en: ({ state, name, by, notes }) =>
        `${by === '' ? 'somebody' : by} changed this plan after you looked at it: it is ${planStateWords[state].en} now${name === '' ? '' : `, called ${name}`}${notes.map((note) => `; ${note.by === '' ? 'a note' : `${note.by} noted`}: ${note.text}`).join('')}`,
    },
  },
  'note-changed-meanwhile': {
    ...storeProblemsSaid['note-changed-meanwhile'],
    message: {
      'zh-CN': ({ by }) => `您看过之后，${by === '' ? '有人' : by}改过这条记事`,
      en: ({ by }) => `${by === '' ? 'somebody' : by} changed this note after you looked at it`,
    },
  },
  'model-changed-meanwhile': {
    ...storeProblemsSaid['model-changed-meanwhile'],
    message: {
      'zh-CN': ({ changes }, { list }) =>
        `您看过之后，这份设置已被改动${changes === null ? '' : `：${list(changes.map(changeSaid))}`}`,
      en: ({ changes }, { list }) =>
        `these settings were changed after you looked at them${changes === null ? '' : `: ${list(changes.map(changeSaid))}`}`,
    },
  },
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
