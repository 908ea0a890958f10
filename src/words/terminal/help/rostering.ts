import type { Label } from '../../sentences.ts';

/** Help of the command that rosters people. */
export const rosteringHelp = {
  'who-works-when': {
    'zh-CN': '排班到人：逐周谁上哪个班，遵守用工规则；顶班、换班、发布',
    en: 'who works when, week by week, under labour rules; stand-ins, swaps, publishing',
  },
  'rotation-that-teams-follow': {
    'zh-CN':
      '班组所循的轮班：四班三运转、五班三运转、做二休二，或逐日写出，如 早早中中夜夜休休；默认自由排班',
    en: 'rotation that teams follow: a name, or a letter a day such as EELLNNOO; default: free',
  },
  'operator-date-shift': {
    'zh-CN': '工号@日期=班次（休息写 off）：固定不变；可写多个',
    en: 'OPERATOR@DATE=SHIFT, or =off: stays as given; several may follow',
  },
  'operator-date-who': {
    'zh-CN': '工号@日期[@时刻]：从该时刻起缺勤，谁可以顶班，最合适的在前',
    en: 'OPERATOR@DATE[@TIME]: absent from then on; who could step in, the best first',
  },
  'operator-date-operator': {
    'zh-CN': '两个或更多“工号@日期”，以逗号隔开：这些人能否换班',
    en: 'OPERATOR@DATE,OPERATOR@DATE: may these people exchange duties',
  },
  'with-repair': {
    'zh-CN': '与 --repair 同用：采用第几个人选',
    en: 'with --repair: the candidate to take',
  },
  'with-swap-or-take': {
    'zh-CN': '换班、顶班或发布即使违反硬性规则也照办；须用 --why 写明理由',
    en: 'exchange, take a stand-in or publish although hard rules break; wants --why',
  },
  'with-swap': {
    'zh-CN': '与 --swap 同用：执行换班，除非会违反必须遵守的规则',
    en: 'with --swap: exchange them, unless a hard rule breaks',
  },
  'kept-with-the-change': {
    'zh-CN': '随更改记录的原因',
    en: 'kept with the change',
  },
  'who-changes-kept': {
    'zh-CN': '改动人，随更改记录',
    en: 'who changes it: kept with the change',
  },
  'judge-a-roster-file-rule': {
    'zh-CN': '逐条规则检查一份排班文件；不保存',
    en: 'judge a roster file rule by rule; nothing is stored',
  },
  'publish-the-latest-draft': {
    'zh-CN': '发布最新草稿：此后只能逐项更改',
    en: 'publish the latest draft: from then on it changes only change by change',
  },
  'with-publish': {
    'zh-CN': '与 --publish 同用：替换已发布排班的理由',
    en: 'with --publish: why it takes the place of a published one',
  },
  'roster-that-stands': {
    'zh-CN': '查看现行排班表，不另排',
    en: 'the roster that stands, without making one',
  },
  'rosters-made-of-the-same': {
    'zh-CN': '同一时段排出的各份排班表并排比较：自由排班或班组轮班',
    en: 'the rosters made of the same weeks side by side: free, or in teams on a rotation',
  },
  'what-became-of-published-rosters': {
    'zh-CN': '已发布排班表的更改记录',
    en: 'what became of published rosters',
  },
  'also-write-xlsx': {
    'zh-CN': '同时写成文件：.xlsx、.csv、.ics、.html（上墙表）、.wecom.json 或 .feishu.json',
    en: 'also write it: .xlsx, .csv, .ics, .html (the wall sheet), .wecom.json or .feishu.json',
  },
} as const satisfies Readonly<Record<string, Label>>;
