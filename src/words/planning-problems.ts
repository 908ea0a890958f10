import type { PlanningProblems } from '../planning/planning-problems.ts';
import {
  madeUpGoes,
  ofQueue,
  unlistedInChinese,
  unlistedInEnglish,
  unlistedRemedy,
} from './planning-phrases.ts';
import type { ProblemSentences } from './sentences.ts';
import type { Speech } from './speech.ts';

/** A size in groups of three, or in powers of ten where it is beyond all counting. */
const sizeOf = (value: number, { whole }: Speech): string =>
  value < 1e15 ? whole(value) : value.toExponential(1);

const measureNames = {
  handleTime: { 'zh-CN': '处理时长', en: 'handle time' },
  patience: { 'zh-CN': '耐心时长', en: 'patience' },
  redials: { 'zh-CN': '重拨比例', en: 'share of redials' },
} as const;

/** What is wrong with a question to a use case, and what to do. */
export const planningProblems: ProblemSentences<PlanningProblems> = {
  'demand-beyond-planning': {
    message: {
      'zh-CN': ({ calls, erlangs, mostCalls, mostErlangs }, speech) => {
        const [many, peak] = [sizeOf(calls, speech), sizeOf(erlangs, speech)];
        return `这一周预测 ${many} 通来电、高峰约 ${peak} 爱尔兰，超过可排的上限（${speech.whole(mostCalls)} 通、${speech.whole(mostErlangs)} 爱尔兰，为最大热线的四倍）`;
      },
      en: ({ calls, erlangs, mostCalls, mostErlangs }, speech) => {
        const [many, peak] = [sizeOf(calls, speech), sizeOf(erlangs, speech)];
        return `the week's forecast is ${many} calls with a peak of about ${peak} Erlangs: beyond what is planned for (${speech.whole(mostCalls)} calls, ${speech.whole(mostErlangs)} Erlangs, four times the largest hotlines)`;
      },
    },
    remedy: {
      'zh-CN': '检查来电量和处理时长的单位，以及人工调整（huawu overrule list）',
      en: 'check the counts, the unit of handle times, and the changes made by hand (huawu overrule list)',
    },
  },
  'not-a-cause-value': {
    message: { 'zh-CN': '不是影响因素的假设值', en: 'is no value of a cause' },
    remedy: {
      'zh-CN': '写成 名称=数值（所有日子）或 名称@日期=数值，例如 rain=20、rain@2026-12-01=20',
      en: 'write NAME=VALUE (all days) or NAME@DATE=VALUE, such as rain=20 or rain@2026-12-01=20',
    },
  },
  'no-topics': {
    message: { 'zh-CN': '还没有导入任何分类的诉求', en: 'no demands by topic have been imported' },
    remedy: {
      'zh-CN': '先导入：huawu ingest topics 文件（每天每类多少件，或一行一件）',
      en: 'import them first: huawu ingest topics FILE (counts by day and topic, or one row a demand)',
    },
    onPage: {
      'zh-CN': '先在“数据”页导入“诉求分类”：每天每类多少件，或一行一件',
      en: 'import "Demands by topic" on the page Data first: counts by day and topic, or one row a demand',
    },
  },
  'too-few-topic-days': {
    message: {
      'zh-CN': ({ known }) => `只有 ${known} 天的分类诉求`,
      en: ({ known }, { counted }) => `demands by topic are known of ${counted(known, 'day')} only`,
    },
    remedy: {
      'zh-CN': ({ least }) => `至少需要 ${least} 天；要看出季节，需要一年以上`,
      en: ({ least }) => `give at least ${least} days; seasons need more than a year`,
    },
  },
  'topics-week-far': {
    message: {
      'zh-CN': ({ origin, weeks }) => `这一周离分类数据太远：数据到 ${origin} 为止，最多往后 ${weeks} 周`,
      en: ({ origin, weeks }) =>
        `this week lies too far ahead: demands by topic end before ${origin}, and a week may begin at most ${weeks} weeks later`,
    },
    remedy: {
      'zh-CN': '导入更近的分类诉求，或选更早的一周',
      en: 'import later demands by topic, or ask for an earlier week',
    },
  },
  'not-a-topic-name': {
    message: {
      'zh-CN': '不是改名：左边须是已导入的类型',
      en: 'is no renaming: what stands left must be a topic that was imported',
    },
    remedy: { 'zh-CN': '写成 旧名=新名', en: 'write OLD=NEW' },
  },
  'what-if-latestStart': {
    message: { 'zh-CN': '不是“班次=HH:MM”', en: 'is not SHIFT=HH:MM' },
    remedy: { 'zh-CN': '例如 late=20:00', en: 'such as late=20:00' },
  },
  'what-if-addShift': {
    message: {
      'zh-CN': '不是“班次@HH:MM”或“班次@HH:MM-HH:MM”',
      en: 'is not SHIFT@HH:MM or SHIFT@HH:MM-HH:MM',
    },
    remedy: { 'zh-CN': '例如 late@18:00', en: 'such as late@18:00' },
  },
  'what-if-dropShift': {
    message: { 'zh-CN': '不是班次', en: 'is no shift' },
    remedy: { 'zh-CN': '例如 night', en: 'such as night' },
  },
  'what-if-people': {
    message: { 'zh-CN': '不是“等级=人数”', en: 'is not TIER=N' },
    remedy: { 'zh-CN': '例如 general=-3', en: 'such as general=-3' },
  },
  'what-if-openingHours': {
    message: { 'zh-CN': '不是开放时间', en: 'is not opening hours' },
    remedy: {
      'zh-CN': '例如 08:00-20:00，或 6-7=09:00-17:00、7=closed（星期一为 1）',
      en: 'such as 08:00-20:00, or 6-7=09:00-17:00, 7=closed (Monday is 1)',
    },
  },
  'what-if-no-such-shift': {
    message: {
      'zh-CN': ({ known }, { list }) => `没有这种班次；有：${list(known)}`,
      en: ({ known }, { list }) => `there is no such shift; there are ${list(known)}`,
    },
    remedy: { 'zh-CN': '改正班次的代号', en: 'correct the key of the shift' },
  },
  'what-if-no-such-tier': {
    message: {
      'zh-CN': ({ known }, { list }) => `没有这个座席等级；有：${list(known)}`,
      en: ({ known }, { list }) => `there is no such tier; there are ${list(known)}`,
    },
    remedy: { 'zh-CN': '改正等级的代号', en: 'correct the key of the tier' },
  },
  'what-if-no-people': {
    message: {
      'zh-CN': ({ known }, { list }) =>
        `名册上没有这个等级的人员，人数不受限制${known.length === 0 ? '' : `；有人员的等级：${list(known)}`}`,
      en: ({ known }, { list }) =>
        `no people of this tier are on record, so it is not limited by people${known.length === 0 ? '' : `; tiers with people: ${list(known)}`}`,
    },
    remedy: {
      'zh-CN': '先导入座席名册：huawu ingest operators',
      en: 'import the operators first: huawu ingest operators',
    },
  },
  'what-if-no-shift-left': {
    message: { 'zh-CN': '这样就一种班次也不剩了', en: 'no shift would be left' },
    remedy: { 'zh-CN': '至少保留一种班次', en: 'keep one shift at least' },
  },
  'what-if-latest-before-earliest': {
    message: {
      'zh-CN': ({ earliest, latest }) => `最晚上班 ${latest} 早于最早上班 ${earliest}`,
      en: ({ earliest, latest }) => `the latest start ${latest} is before the earliest, ${earliest}`,
    },
    remedy: { 'zh-CN': '改晚一些', en: 'give a later time' },
  },
  'handle-time-below-a-second': {
    message: {
      'zh-CN': ({ seconds }, { number }) => `处理时长最短的时段只有 ${number(seconds, 0)} 秒，减不了这么多`,
      en: ({ seconds }, { number }) =>
        `the shortest handle time is ${number(seconds, 0)} seconds: so many cannot be taken off`,
    },
    remedy: { 'zh-CN': '减少一些', en: 'take fewer off' },
  },
  'no-such-cause': {
    message: {
      'zh-CN': ({ known }, { list }) =>
        known.length === 0 ? '还没有导入任何影响因素' : `没有这个影响因素；有：${list(known)}`,
      en: ({ known }, { list }) =>
        known.length === 0
          ? 'no causes have been imported'
          : `there is no such cause; there are ${list(known)}`,
    },
    remedy: {
      'zh-CN': '改正名称，或先用 huawu ingest causes 导入它过去的数值',
      en: 'correct the name, or import its past values first: huawu ingest causes',
    },
  },
  'cause-day-not-asked': {
    message: {
      'zh-CN': ({ from, to }) => `这一天不在所问的日子里（${from} 至 ${to}）`,
      en: ({ from, to }) => `is of a day that was not asked for (${from} to ${to})`,
    },
    remedy: {
      'zh-CN': '改成这些日子里的一天；要假设所有日子，去掉 @日期',
      en: 'name one of those days, or leave @DATE out for all of them',
    },
  },
  'cause-value-far-outside': {
    message: {
      'zh-CN': ({ least, most }, { number }) =>
        `与以往的数值相差太远（以往为 ${number(least, 1)} 至 ${number(most, 1)}）`,
      en: ({ least, most }, { number }) =>
        `lies far outside of all that it has been (${number(least, 1)} to ${number(most, 1)})`,
    },
    remedy: {
      'zh-CN': '核对单位；以往范围之外三倍以内的数值才能推算',
      en: 'check the unit; values are believed up to three times that span outside of it',
    },
  },
  'large-change': {
    message: {
      'zh-CN': ({ share }, { percent }) => `这会把当天来电改动 ${percent(Math.abs(share), 0)}，超过一半`,
      en: ({ share }, { percent }) =>
        `This changes the day’s calls by ${percent(Math.abs(share), 0)}, more than half`,
    },
    remedy: {
      'zh-CN': '请核对数值（1.2 表示多两成）；确认无误，终端加 --yes，HTTP 请求加 confirmLargeChange: true。',
      en: 'Check the figure (1.2 is a fifth more); where it is meant, add --yes in the terminal, confirmLargeChange: true over HTTP.',
    },
  },
  'unusual-figures': {
    message: { 'zh-CN': ({ figures }, { say }) => say(figures), en: ({ figures }, { say }) => say(figures) },
    remedy: {
      'zh-CN': '改正源数据后重新导入同一时段即可覆盖',
      en: 'correct the source and take the same span in again: it replaces what is stored',
    },
  },
  'no-traffic-in-span': {
    message: { 'zh-CN': '这段时间里没有话务数据', en: 'There is no traffic in this span' },
    remedy: {
      'zh-CN': '请换一周，或先导入这段时间的数据',
      en: 'Choose another week, or import the data of this span first',
    },
  },
  'step-does-not-fit': {
    message: {
      'zh-CN': ({ queue, stepMinutes, intervalMinutes }) =>
        `队列 ${queue} 的数据按 ${stepMinutes} 分钟一段，不能换算成 ${intervalMinutes} 分钟`,
      en: ({ queue, stepMinutes, intervalMinutes }) =>
        `The data of queue ${queue} is per ${stepMinutes} minutes and cannot be brought to ${intervalMinutes}`,
    },
    remedy: {
      'zh-CN': ({ stepMinutes }) =>
        stepMinutes === 1440
          ? '请用 --day-shape usual 再导入一次，把全天的数按通常的日内分布摊开；或导入分时段的数据'
          : `请把 models/hotline.json 的 intervalMinutes 设为 ${stepMinutes} 的倍数`,
      en: ({ stepMinutes }) =>
        stepMinutes === 1440
          ? 'Import the file again with --day-shape usual, which spreads days over their hours; or import traffic by interval'
          : `Set intervalMinutes in models/hotline.json to a multiple of ${stepMinutes}`,
    },
  },
  'unknown-name': {
    message: { 'zh-CN': '没有这个名称', en: 'there is nothing of this name' },
    remedy: {
      'zh-CN': ({ known }, { list }) => `可用的名称：${list(known)}。`,
      en: ({ known }, { list }) => `Use one of: ${list(known)}.`,
    },
  },
  'span-ends-before-it-starts': {
    message: { 'zh-CN': '结束不晚于开始', en: 'it ends no later than it starts' },
    remedy: { 'zh-CN': '请让 to 晚于 from。', en: 'Let "to" be later than "from".' },
  },
  'span-outside-week': {
    message: {
      'zh-CN': ({ week }) =>
        week === null
          ? '提示的时间不在这一周的时段上'
          : `这段时间不含计划周（${week.first} 至 ${week.last}）的任何时段`,
      en: ({ week }) =>
        week === null
          ? 'the prompt does not lie on intervals of the week'
          : `no interval of the plan's week (${week.first} to ${week.last}) lies in this span`,
    },
    remedy: {
      'zh-CN': ({ week }, { audience }) =>
        week === null
          ? '请按计划的时段起止填写，止须晚于起'
          : `请改正日期，或${audience === 'terminal' ? '用 --plan 指定' : '选用'}那一周的计划。`,
      en: ({ week }, { audience }) =>
        week === null
          ? 'Give it from one interval start to a later one'
          : `Correct the dates, or ${audience === 'terminal' ? 'name the plan of that week with --plan' : 'take the plan of that week'}.`,
    },
  },
  'no-whole-week': {
    message: {
      'zh-CN': ({ lastDate }) => `这一时期没有一个整周的话务（数据到 ${lastDate} 为止）`,
      en: ({ lastDate }) => `no whole week of traffic lies in this period (the data end on ${lastDate})`,
    },
    remedy: {
      'zh-CN': (_, { audience }) =>
        audience === 'terminal'
          ? '请换一个时期，或用 --week 写明要对照的周'
          : '请换一个时期，或选定要对照的周',
      en: (_, { audience }) =>
        audience === 'terminal'
          ? 'ask for another period, or name the week to compare with --week'
          : 'ask for another period, or choose the week to compare',
    },
  },
  'which-hotline': {
    message: {
      'zh-CN': '监测数据里有多条热线，不知道哪一条是本线',
      en: 'the monitoring data name several hotlines, and not which one is this line',
    },
    remedy: {
      'zh-CN': '请在 models/hotline.json 里用 monitoredAs 写明本线的代号',
      en: "Name this line's key as monitoredAs in models/hotline.json",
    },
  },
  'no-operators': {
    message: { 'zh-CN': '没有座席人员的记录', en: 'no operators are on record' },
    remedy: {
      'zh-CN': '先导入座席名单：huawu ingest operators 文件。',
      en: 'Import the list of operators first: huawu ingest operators FILE.',
    },
  },
  'no-calls-of-the-day': {
    message: { 'zh-CN': '工作区里还没有当日的话务', en: 'the workspace holds no calls of that day yet' },
    remedy: {
      'zh-CN': '请先用 huawu ingest traffic 导入当日至今的话务',
      en: "Import the day's traffic so far with huawu ingest traffic",
    },
  },
  'outside-plan-week': {
    message: {
      'zh-CN': ({ week }) => `不在计划的 ${week} 这一周`,
      en: ({ week }) => `this does not lie in the plan's week ${week}`,
    },
    remedy: {
      'zh-CN': ({ firstDate }) => `请写成这一周的日期和时刻，例如 ${firstDate}T10:30`,
      en: ({ firstDate }) => `Give a date and time of that week, such as ${firstDate}T10:30`,
    },
  },
  'no-operators-recorded': {
    message: {
      'zh-CN': ({ tiers }, { list }) => `计划周之前四周没有这些座席等级的在岗记录：${list(tiers)}`,
      en: ({ tiers }, { list }) =>
        `No operators of these tiers were recorded in the four weeks before the plan's week: ${list(tiers)}`,
    },
    remedy: {
      'zh-CN': '请导入在岗记录（huawu ingest presence 文件），或按计划的班次计算',
      en: "Import presence (huawu ingest presence FILE), or ask about the plan's own shifts",
    },
  },
  'no-queue-column': {
    message: { 'zh-CN': '文件里没有队列列', en: 'the file has no column of queues' },
    remedy: {
      'zh-CN': '去掉 --queue，或用 --queue-column 指定队列列。',
      en: 'Leave --queue out, or name the column with --queue-column.',
    },
  },
  'no-traffic': {
    message: { 'zh-CN': '工作区里还没有话务数据', en: 'The workspace holds no traffic yet' },
    remedy: {
      'zh-CN': '请先导入历史话务（huawu ingest traffic 文件，或在“数据”页拖入文件）',
      en: 'Import past traffic first (huawu ingest traffic FILE, or drop a file on the Data page)',
    },
  },
  'no-traffic-within-threshold': {
    message: {
      'zh-CN': '这一时期没有可用的话务（须有应答时限内接听数）',
      en: 'no traffic of this period has the calls answered within the threshold',
    },
    remedy: {
      'zh-CN': '请导入含 answered_in_threshold 的话务，或写 --period 2026-11',
      en: 'ingest traffic with answered_in_threshold, or give --period 2026-11',
    },
  },
  'never-monitored': {
    message: { 'zh-CN': '没有这条热线的监测结果', en: 'there are no monitoring results of this hotline' },
    remedy: {
      'zh-CN': '请核对编号（huawu rank --json 列出全部）',
      en: 'check its id (huawu rank --json lists them all)',
    },
  },
  'nobody-tested': {
    message: { 'zh-CN': '这一时期没有一条热线被拨测', en: 'nobody was tested in this period' },
    remedy: {
      'zh-CN': '请换一个时期，或导入带拨测次数的结果',
      en: 'ask for another, or ingest results with test calls',
    },
  },
  'too-few-published-scores': {
    message: {
      'zh-CN': ({ results }) => `至少要有 ${results} 条既有各项指标又有总分的结果`,
      en: ({ results }) => `at least ${results} results with every indicator and a total are needed`,
    },
    remedy: {
      'zh-CN': '请导入这样的结果（huawu ingest monitoring），或给出 --solved、--partly、--effect',
      en: 'ingest such results (huawu ingest monitoring), or give --solved, --partly and --effect',
    },
  },
  'shares-do-not-make-the-score': {
    message: {
      'zh-CN': '这几个数对不上：部分解决的折算应在 0–1 之间，两个份额之和不超过 1',
      en: 'these figures cannot belong together: the credit of a partly solved call lies in 0–1, and the two shares sum to at most 1',
    },
    remedy: { 'zh-CN': '请核对 --solved、--partly 与 --effect', en: 'check --solved, --partly and --effect' },
  },
  'bad-as-of': {
    message: { 'zh-CN': '不是时刻', en: 'this is not a time of day' },
    remedy: { 'zh-CN': '写成 10:30', en: 'write it as 10:30' },
  },
  'bad-days': {
    message: { 'zh-CN': '天数须在 1 到 366 之间', en: 'days must be 1 to 366' },
    remedy: { 'zh-CN': '改正 --days', en: 'correct --days' },
  },
  'bad-origin': {
    message: { 'zh-CN': '起点不是日期', en: 'this origin is not a date' },
    remedy: {
      'zh-CN': '写成 2026-11-23，多个用逗号隔开',
      en: 'write it as 2026-11-23, several separated by commas',
    },
  },
  'no-data-to-score': {
    message: {
      'zh-CN': '这些起点之后的日子没有数据，无法计分',
      en: 'the days after these origins hold no data to score',
    },
    remedy: { 'zh-CN': '选后面有数据的起点。', en: 'Choose origins that are followed by data.' },
  },
  'no-whole-week-since': {
    message: {
      'zh-CN': '这一天之后还没有一个整周过完，无法评分',
      en: 'no whole week is over since this day: there is nothing to score',
    },
    remedy: {
      'zh-CN': ({ last }) => `最近的整周到 ${last} 为止：给出不晚于它的日期，或先导入更新的数据。`,
      en: ({ last }) => `The last whole week ended on ${last}: give a day up to that, or import later data.`,
    },
  },
  'bad-number': {
    message: {
      'zh-CN': ({ least }) => `要求不小于 ${least} 的整数`,
      en: ({ least }) => `this must be a whole number of at least ${least}`,
    },
    remedy: { 'zh-CN': '改正该选项', en: 'correct the option' },
  },
  'no-monitoring-results': {
    message: { 'zh-CN': '这一时期没有监测结果', en: 'there are no monitoring results for this period' },
    remedy: {
      'zh-CN': ({ known }, { list, audience }) =>
        known.length > 0
          ? `已有结果的时期：${list(known)}`
          : audience === 'page'
            ? '请先在“数据”页导入监测结果'
            : '请先导入监测结果（huawu ingest monitoring）',
      en: ({ known }, { list, audience }) =>
        known.length > 0
          ? `periods with results: ${list(known)}`
          : audience === 'page'
            ? 'import monitoring results on the Data page first'
            : 'ingest results first (huawu ingest monitoring)',
    },
  },
  'queue-without-traffic': {
    message: { 'zh-CN': '没有这个队列的话务', en: 'there is no traffic of this queue' },
    remedy: {
      'zh-CN': ({ known }, { list, say }) =>
        `现有队列：${list(known.map(({ queue, name }) => (name === null || say(name) === queue ? queue : `${queue}（${say(name)}）`)))}。`,
      en: ({ known }, { list, say }) =>
        `Queues that there are: ${list(known.map(({ queue, name }) => (name === null || say(name) === queue ? queue : `${queue} (${say(name)})`)))}.`,
    },
  },
  'queue-not-in-models': {
    message: { 'zh-CN': unlistedInChinese, en: unlistedInEnglish },
    remedy: { 'zh-CN': unlistedRemedy['zh-CN'], en: unlistedRemedy.en },
  },
  'too-short-to-rate': {
    message: {
      'zh-CN': '之前没有一条线有四周既知来电数又知应答时限内接听数的日子',
      en: 'no line has four weeks of days before it with calls and those answered in time',
    },
    remedy: {
      'zh-CN': '请导入含 answered_in_threshold 的话务，或写较晚的 --from',
      en: 'ingest traffic with answered_in_threshold, or give a later --from',
    },
  },
  'made-up-line-goes': {
    message: madeUpGoes,
    remedy: {
      'zh-CN': '想留着演示，先备份（huawu backup）或换一个工作区导入',
      en: 'to keep the demo, make a backup first (huawu backup) or take the file into another workspace',
    },
  },
  'rows-get-other-figures': {
    message: {
      'zh-CN': ({ rows }, { whole }) => `已有数据中 ${whole(rows)} 行会换成文件里的数字`,
      en: ({ rows }, { whole }) =>
        `${rows === 1 ? '1 stored row gets' : `${whole(rows)} stored rows get`} the figures of the file instead of their own`,
    },
    remedy: {
      'zh-CN': '若不该改，看看是不是选错了文件或日期写法',
      en: 'if they are not to change, see whether this is the right file and how its dates are read',
    },
  },
  'measure-would-be-lost': {
    message: {
      'zh-CN': ({ queue, measure }, { called }) =>
        `${ofQueue(called(queue), '：')}${measureNames[measure]['zh-CN']}现在是实测的，导入后只能假设`,
      en: ({ queue, measure }, { called }) =>
        `${ofQueue(called(queue), ': ')}the ${measureNames[measure].en} is measured now and would only be assumed afterwards`,
    },
    remedy: {
      'zh-CN': '给文件里相应的列（等待、处理时长、重拨）选上“读作”',
      en: 'choose what the columns for it (waits, handle times, redials) are read as',
    },
  },
  'too-few-periods': {
    message: {
      'zh-CN': ({ queue, known, by }, { called }) =>
        `${ofQueue(called(queue), '：')}只有 ${known} ${by === 'week' ? '周' : '个月'}的数据，不足以看出水平与走势`,
      en: ({ queue, known, by }, { called }) =>
        `${ofQueue(called(queue), ': ')}only ${known} ${by}s of data: too few to tell level and trend`,
    },
    remedy: {
      'zh-CN': ({ by, least }) => `至少给出 ${least} ${by === 'week' ? '周' : '个月'}的数据。`,
      en: ({ by, least }) => `Give at least ${least} ${by}s of data.`,
    },
  },
  'history-too-short': {
    message: {
      'zh-CN': ({ queue, origin, spanDays, daysWithData }, { called }) =>
        `${ofQueue(called(queue), '：')}${origin} 之前只有 ${daysWithData} 天有数据（从第一天到 ${origin} 前一天共 ${spanDays} 天），不足以学出每周规律`,
      en: ({ queue, origin, spanDays, daysWithData }, { called, counted }) =>
        `${ofQueue(called(queue), ': ')}only ${counted(daysWithData, 'day')} with data before ${origin} (${counted(spanDays, 'day')} from the first of them until then): too few to learn a weekly pattern`,
    },
    remedy: {
      'zh-CN': ({ weeks }) =>
        weeks === 3 ? '至少给出三周的数据。' : '至少给出四周的数据：三周用来学习，一周用来计分。',
      en: ({ weeks }) =>
        weeks === 3
          ? 'Give at least three weeks of data.'
          : 'Give at least four weeks of data: three to learn from and one to score.',
    },
  },
  'stored-plan-unreadable': {
    message: {
      'zh-CN': ({ field }) => `与这份计划一起存档的数据无法读取${field === '' ? '' : `（${field}）`}`,
      en: ({ field }) => `what was stored with this plan cannot be read${field === '' ? '' : ` (${field})`}`,
    },
    remedy: {
      'zh-CN': '请重新做这一周的计划，或从备份恢复。',
      en: 'Plan the week again, or restore a backup.',
    },
  },
  'unknown-tier': {
    message: { 'zh-CN': '没有这个座席等级', en: 'there is no such tier' },
    remedy: {
      'zh-CN': ({ known }, { list }) => `可用的等级：${list(known)}。`,
      en: ({ known }, { list }) => `Tiers that exist: ${list(known)}.`,
    },
  },
};
