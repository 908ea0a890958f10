import { remembered } from '../../kernel/remember.ts';
import { headsPersonalNumbers, maskLikelyPersonal } from '../cells/mask-numbers.ts';
import { meaningByWords, saysStart } from './heading-grammar.ts';
import { fieldSpec, type ColumnsOfKind, type IngestKind } from './fields.ts';

/**
 * Headings under which switchboards export the canonical columns, Chinese and English. A heading is compared
 * after normalising: lower case, no spaces, punctuation or bracketed units. The first field that fits wins,
 * and a name that stands further left is the surer one.
 */
const words = (said: string): readonly string[] => said.trim().split(/\s+/);

/** Of weeks and months, in tables of their totals. */
export const periodHeadings = words('month week 月份 年月 统计月份 周 周次');

const common = {
  queue: words(`
      queue 队列 队列名称 技能组 技能组名称 业务组 业务类型 话务队列 服务类别 queuename skill
      skillgroup skillset split splitskill callqueue servicename acdgroup 被叫技能组 队列组 班组 业务线 业务名称`),
  start: words(`
      start 开始时间 时段 时间段 统计时间 统计时段 时间 日期时间 starttime intervalstart interval
      timestamp datetime time ts t period intervaltime halfhour 起始时间 开始时段 间隔开始 时刻
      日期 date 统计日期 话务日期 day`),
  date: words('date 日期 统计日期 话务日期 day calldate rowdate 年月日 通话日期 来电日期'),
  clock: words(
    '时段 时间段 时间 时刻 小时 开始时间 统计时段 time interval hour starttime timeofday 半小时 来电时间 呼入时间 进线时间 通话时间 拨测时间 calltime arrivaltime',
  ),
};

const traffic = {
  queue: common.queue,
  start: common.start,
  interval_minutes: words('intervalminutes 间隔分钟 时段长度 统计间隔 间隔 intervallength'),
  offered: words(`
      offered 人工请求量 转人工量 人工呼入量 请求人工量 人工请求数 转人工请求量 人工来电量
      进入队列量 排队量 人工服务请求量 呼入量 来电量 来电数 呼入数 呼入总量 来电总量
      话务量 进线量 人工请求次数 请求量 请求数 转人工数 转人工次数 呼入次数 来电次数 呼叫量 呼叫总量 进线数 来话量 来话数 总量 呼入 来电 进线 总呼入量 总来电量 接入量 呼入总数 呼叫次数 callsoffered calls offeredcalls acdcallsoffered entered incoming incomingcalls inboundcalls count
      volume y ncalls numberofcalls callvolume callcount callsreceived offer contactsqueued callspresented presented totalcalls inboundcallvolume`),
  answered: words(`
      answered 接通量 人工接通量 接通数 应答量 应答数 接听量 人工应答量 人工接听量 受理量
      接起量 接听数 接起数 接通 接听 应答 人工接通 人工接听 接通总量 接听总量 接通次数 应答次数 人工接听数 人工接通数 callsanswered handled callshandled acdcalls answeredcalls callsansweredtotal answer accepted contactshandled`),
  abandoned: words(`
      abandoned 放弃量 放弃数 排队放弃量 呼损量 未接通量 用户放弃量 早释量 排队放弃数 放弃次数 未接听量 未接量 未接通数 人工放弃量 放弃 呼损 未接通 未接 漏接量 放弃总量 漏接数
      callsabandoned abandonedcalls abncalls abandons lost lostcalls abn abancalls abandon contactsabandoned abandonedwaiting`),
  short_abandoned: words(
    'shortabandoned 短放弃 短放弃量 短时放弃量 秒内放弃量 shortabandons abandonedshort phantomabandoned',
  ),
  blocked: words(
    'blocked 遇忙 遇忙量 遇忙数 遇忙次数 忙线量 占线量 拒绝量 busy callsblocked busycalls overflowbusy rejected',
  ),
  answered_in_threshold: words(`
      answeredinthreshold 15秒接通量 15秒内接听量 15秒接听量 15秒接通数 15秒内接通数 20秒内接听量 10秒接通量
      30秒接通量 时限内接听量 15秒内接通量 15秒应答量 15秒内应答量 20秒接通量 20秒内接通量
      20秒内接听量 阈值内接通量 时限内接通量 规定时间内接通量 及时应答量 answeredinsl answeredwithinthreshold answeredwithinsl
      answeredin15s answeredin20s callsansweredin15seconds callsansweredin20seconds acceptable withinsl callsanswered60s`),
  wait_seconds_total: words(`
      waitsecondstotal 排队总时长 等待总时长 总等待时长 总排队时长 totalwait totalwaittime waittimetotal
      queuetimetotal totalqueuetime`),
  handle_seconds_total: words(`
      handlesecondstotal 处理总时长 总处理时长 总通话时长 通话总时长 人工服务总时长 totalhandletime
      handletimetotal totaltalktime talktimetotal handletime acdtime`),
  wait_seconds_mean: words(`
      waitsecondsmean 平均等待时长 平均排队时长 平均等待时间 平均排队时间 averagewait avgwait
      averagewaittime avgwaittime avgqueuetime averagequeuetime 平均等待 平均排队 平均等待秒数`),
  handle_seconds_mean: words(`
      handlesecondsmean 平均处理时长 平均通话时长 平均处理时间 平均通话时间 平均服务时长 aht
      averagehandletime avghandletime avghandle averagetalktime avgtalktime att 平均人工服务时长 平均人工通话时长 平均处理 平均通话 平均服务时间 平均处理秒数 avghandletimefmt`),
  operators: words(`
      operators 座席数 坐席数 在线座席数 在线坐席数 签入座席数 签入坐席数 在岗人数 话务员数
      上班人数 agents staffed agentsstaffed positionsstaffed avgpositionsstaffed agentsloggedin staff`),
  wait_seconds_mean_answered: words(`
      waitsecondsmeananswered 平均应答时长 平均应答速度 平均应答时间 平均应答秒数 asa averagespeedofanswer
      avgspeedofanswer averagespeedanswer avgspeedanswer avgspeedans avgtimetoanswer averagequeueanswertime avgqueueanswertime`),
  wait_seconds_mean_abandoned: words(`
      waitsecondsmeanabandoned 平均放弃时长 平均放弃时间 平均放弃等待时长 平均放弃秒数 avgabantime
      avgabandontime averageabandontime avgtimetoabandon averagetimetoabandon`),
};

const calls = {
  call_id: words(`
      callid 通话流水号 流水号 呼叫流水号 话单号 呼叫id 通话id 来电编号 uniqueid ucid id callguid
      linkedid contactid sessionid`),
  queue: common.queue,
  arrived_at: words(`
      arrivedat 来电时间 呼入时间 进线时间 到达时间 呼叫时间 排队开始时间 开始时间 arrival
      arrivaltime calltime callstart starttime timestamp enterqueuetime calldate initiationtimestamp time datetime start 来电日期时间 呼入日期 通话开始时间 振铃时间`),
  wait_seconds: words(`
      waitseconds 等待时长 排队时长 等待秒数 排队时间 等待时间 waits wait waittime queuetime queueseconds
      timeinqueue holdtime ringtime`),
  outcome: words(`
      outcome 通话结果 呼叫结果 结果 状态 呼叫状态 接通状态 是否接通 结束状态 status disposition
      result callresult callstatus`),
  handle_seconds: words(`
      handleseconds 处理时长 通话时长 服务时长 通话秒数 人工通话时长 services service servicetime
      talktime handletime duration billsec talkseconds`),
  caller: words(
    'caller 主叫号码 来电号码 主叫 电话号码 客户号码 callerid ani callingnumber src from phone callernumber clid 手机号 手机号码 客户电话 用户号码 来电电话',
  ),
  channel: words('channel 渠道 接入渠道 来源渠道'),
  operator: words(`
      operator 座席 坐席 座席工号 坐席工号 工号 话务员 话务员工号 接听坐席 agent agentid agentname
      servedby`),
};

const hotline = words('hotline 热线 热线名称 城市 热线编号 被测热线 hotlineid city line 地区热线');

const rostered = words(
  'operator 工号 话务员 座席工号 坐席工号 座席 坐席 员工 人员 agent agentid employee person',
);

/** Headings of every field: one without them does not compile. */
type Headings = { readonly [Kind in IngestKind]: Readonly<Record<ColumnsOfKind[Kind], readonly string[]>> };

/** Per kind and field, the headings that mean it. */
export const headingsOfKind: Readonly<Record<IngestKind, Readonly<Record<string, readonly string[]>>>> = {
  traffic,
  calls,
  'test-calls': {
    hotline,
    placed_at: words('placedat 拨测时间 测试时间 拨打时间 呼叫时间 testtime calltime time timestamp'),
    connected: words('connected 是否接通 接通 接通情况 answered'),
    seconds_to_operator: words(`
      secondstooperator 转人工时长 转人工秒数 接通时长 应答时长 等待时长 seconds secondstoagent
      timetooperator`),
  },
  results: {
    hotline,
    period: words(
      'period 期次 监测期 监测批次 批次 监测期次 监测月份 监测年月 年度 季度 年份 月份 year quarter month',
    ),
    test_calls: words('testcalls 拨测次数 拨测量 测试次数 拨打次数 样本数 tests calls n'),
    connected: words('connected 接通次数 接通量 接通数 answered k'),
    connection_rate: words('connectionrate 接通率 拨测接通率 rate answerrate'),
    mean_seconds: words(
      'meanseconds 平均转人工时长 平均接通时长 平均应答时长 转人工时长 averageseconds avgseconds',
    ),
    total: words('total 总分 得分 综合得分 总得分 score totalscore'),
  },
  hotlines: {
    hotline,
    valid_from: words('validfrom 生效日期 起始日期 自何时起 生效时间'),
    name: words('name 名称 热线全称 全称 hotlinename'),
    province: words('province 省份 省 所属省份'),
    region: words('region 区域 大区 地区 片区'),
    city_tier: words('citytier 城市等级 城市级别 城市类型 行政级别 tier'),
    round_the_clock: words('roundtheclock 24小时服务 全天服务 是否24小时 7x24 247 allday'),
    online_channels: words('onlinechannels 线上渠道数 网络渠道数 在线渠道数 channels'),
    smart_voice: words('smartvoice 智能语音 智能客服 是否智能语音'),
    enterprise_line: words('enterpriseline 企业专席 企业服务专线 企业专线'),
  },
  operators: {
    operator: words('operator 工号 话务员 座席工号 坐席工号 座席 坐席 agent agentid employee id'),
    tier: words('tier 座席等级 坐席等级 等级 级别 grade level'),
    skills: words('skills 技能 技能组 可接队列 队列 queues skill'),
    contract_hours: words('contracthours 合同工时 周工时 每周工时 hours weeklyhours hoursperweek'),
    aht_seconds: words('ahtseconds 平均处理时长 平均通话时长 aht averagehandletime avghandletime'),
    quality_score: words('qualityscore 质检得分 质检分 质量得分 服务质量分 quality qa qascore'),
    first_contact_resolution: words('firstcontactresolution 首次解决率 一次解决率 首解率 fcr'),
    months_of_service: words('monthsofservice 在岗月数 工龄月 司龄月 tenuremonths months'),
    team: words('team 班组 小组 组别 团队'),
    contract: words('contract 工时制度 工时制 合同类型 contracttype'),
    hours_account: words('hoursaccount 综合计算周期 计算周期 核算周期 accountingperiod'),
    night_exempt: words('nightexempt 免夜班 不上夜班 nonights'),
    joined: words('joined 入职日期 入职时间 到岗日期 startdate hired'),
    senior: words('senior 资深 老员工 是否资深 experienced'),
    fixed_days_off: words('fixeddaysoff 固定休息日 固定休 daysoff'),
    hours_over_standard: words('hoursoverstandard 结余工时 累计超出工时 工时结余 hoursbalance'),
    nights_worked: words('nightsworked 累计夜班 已上夜班 nights'),
    weekends_worked: words('weekendsworked 累计周末班 已上周末班 weekends'),
    holidays_worked: words('holidaysworked 累计节假日班 已上节假日班 holidays'),
    name: words(
      'name 姓名 座席姓名 坐席姓名 话务员姓名 员工姓名 agentname operatorname employeename fullname',
    ),
    shifts: words('shifts 可上班次 可排班次 班次 allowedshifts mayworkshifts'),
  },
  presence: {
    tier: words('tier 座席等级 坐席等级 等级 班组 grade level team'),
    start: common.start,
    interval_minutes: traffic.interval_minutes,
    operators: traffic.operators,
  },
  channels: {
    channel: words('channel 渠道 渠道名称 线上渠道'),
    capacity_per_interval: words('capacityperinterval 每时段容量 容量 时段容量 capacity'),
    operator_seconds: words('operatorseconds 人工处理秒数 每单人工秒数 人工时长 handleseconds'),
    failure_share: words('failureshare 失败率 未办结率 failurerate'),
  },
  'channel-volumes': {
    channel: words('channel 渠道 渠道名称 线上渠道'),
    start: common.start,
    requests: words('requests 请求量 受理量 办理量 业务量 诉求量 volume count'),
    failed: words('failed 失败量 未办结量 失败数 failures'),
  },
  prompts: {
    prompt: words('prompt 提示 提示语 语音提示 播报内容 提示编号 announcement message'),
    queue: common.queue,
    start: words('start 开始时间 播放开始 开始播放时间 起始时间 starttime from begin'),
    end: words('end 结束时间 播放结束 结束播放时间 停止时间 endtime to until'),
  },
  events: {
    date: words('date 日期 开始日期 startdate start day'),
    end: words('end 结束日期 截止日期 enddate until'),
    kind: words('kind 类型 事件类型 类别 type category'),
    label: words('label 名称 事件 事件名称 说明 name event description'),
    expected_effect: words('expectedeffect 预计影响 影响幅度 预期影响 effect impact'),
    decay_days: words('decaydays 衰减天数 影响天数 decay'),
    queue: common.queue,
  },
  causes: {
    cause: words('cause 影响因素 因素 因素名称 driver regressor factor'),
    date: words('date 日期 day'),
    value: words('value 数值 取值 因素值 amount'),
    queue: common.queue,
  },
  topics: {
    topic: words(`
      topic 诉求类型 事项分类 热线分类 一级分类 诉求分类 问题分类 事项类型 诉求类别 事项类别 工单类型 工单分类 问题类型
      问题类别 诉求大类 事项大类 问题大类 工单大类 业务大类 一级事项 业务分类 归口类别 一级类别 一级目录 大类 分类 类别 类型 category class subject tag calltype problemtype requesttype complainttype`),
    subtopic: words(`
      subtopic 二级分类 二级类别 二级目录 诉求小类 事项小类 问题小类 工单小类 业务小类 二级事项 小类 子类 细类 子分类 subcategory subclass detail descriptor`),
    date: [
      ...common.date,
      ...words(
        '受理日期 受理时间 来电时间 登记日期 登记时间 诉求日期 诉求时间 创建日期 创建时间 工单时间 派单时间 createdat createddate received opened',
      ),
      ...periodHeadings,
    ],
    queue: common.queue,
    demands: words(`
      demands 数量 诉求量 工单量 件数 诉求数 工单数 诉求件数 工单件数 受理量 受理数 受理件数 话务量 来电量 总量 合计 calls count requests
      tickets cases volume n`),
  },
  forecasts: {
    model: words('model 模型 模型名称 预测模型 方法 forecaster method'),
    queue: common.queue,
    issued: words('issued 发布时间 预测时间 出具时间 生成时间 发布日期 issuedat madeat createdat cutoff'),
    start: words('start 开始时间 时段 统计时段 日期时间 日期 starttime intervalstart ds date time datetime'),
    interval_minutes: traffic.interval_minutes,
    calls: words('calls 预测话务量 预测来电量 预测量 预测值 forecast yhat predicted prediction mean'),
    q10: words('q10 下限 预测下限 10分位 lower yhatlower p10'),
    q90: words('q90 上限 预测上限 90分位 upper yhatupper p90'),
  },
  leave: {
    operator: rostered,
    from: words('from 开始日期 请假开始 起始日期 开始 start startdate begin'),
    to: words('to 结束日期 请假结束 截止日期 结束 end enddate until'),
    kind: words('kind 请假类型 假别 类型 假种 type leavetype'),
    state: words('state 审批状态 状态 是否批准 status approval'),
  },
  requests: {
    operator: rostered,
    date: words('date 日期 希望日期 day'),
    wants: words('wants 意愿 希望 申请班次 诉求 request wish'),
    weight: words('weight 权重 重要程度 importance'),
  },
  roster: {
    operator: rostered,
    date: words('date 日期 排班日期 day'),
    shift: words('shift 班次 班次名称 班别 duty'),
    start: words('start 上班时间 开始时间 starttime from'),
    end: words('end 下班时间 结束时间 endtime to'),
    tier: words('tier 座席等级 坐席等级 等级 grade level'),
    pinned: words('pinned 固定 锁定 是否固定 fixed locked'),
  },
} satisfies Headings;

/** Characters by which headings are compared. */
const longestHeading = 200;

/** Headings are compared with every field of every kind, row by row: each is normalised once. */
const mostNormalised = 20_000;
const bracketed = /\([^)]*\)|\[[^\]]*\]|【[^】]*】/g;
const shareWords = /[%‰率]|百分比|占比|比例|\b(?:percent(?:age)?|pct|rate|ratio|share)\b/;
const normalised = remembered((heading: string): string => {
  const said = heading.normalize('NFKC').toLowerCase();
  const outside = said.replaceAll(bracketed, '').replaceAll(/[%‰]/g, '');
  const bare = outside.replaceAll(/[^\p{Letter}\p{Number}]/gu, '');
  // "% ACD Time" is another column than "ACD Time"
  return shareWords.test(said) && !shareWords.test(outside) ? `${bare}%` : bare;
}, mostNormalised);

/** A heading as it is compared. */
export const normalHeading = (heading: string): string => normalised(heading.slice(0, longestHeading));

/** Fields that a name may mean, with how surely. */
type Meanings = ReadonlyMap<string, number>;

/** Every name that headings of a kind may have, normalised. */
const meaningsByName = remembered((kind: IngestKind): ReadonlyMap<string, Meanings> => {
  const byName = new Map<string, Map<string, number>>();
  const mean = (name: string, field: string, surely: number): void => {
    const fields = byName.get(name) ?? new Map<string, number>();
    fields.set(field, Math.max(surely, fields.get(field) ?? 0));
    byName.set(name, fields);
  };
  for (const [field, names] of Object.entries(headingsOfKind[kind])) {
    mean(normalHeading(field), field, 1);
    names.forEach((name, at) => mean(name, field, at === 0 ? 1 : 0.95 - (0.35 * at) / names.length));
  }
  return byName;
});

/** Fields that a heading may mean: 1 for the canonical name, less down the list; undefined for none. */
export const meaningsOf = (heading: string, kind: IngestKind): Meanings | undefined => {
  const normal = normalHeading(heading);
  if (normal.endsWith('%')) return sharesByName(kind).get(normal.slice(0, -1));
  const byName = meaningsByName(kind);
  return byName.get(normal) ?? byName.get(normal.replace(runningWords, '')) ?? meaningByWords(heading, kind);
};

/** The same of headings that say a share: they mean no count and no duration. */
const sharesByName = remembered(
  (kind: IngestKind): ReadonlyMap<string, Meanings> =>
    new Map(
      [...meaningsByName(kind)].map(([name, fields]) => [
        name,
        new Map([...fields].filter(([field]) => fieldSpec(kind, field)?.type === 'share')),
      ]),
    ),
);

const runningWords = /累计|累积|cumulative|running/;

/** Whether a column counts from the beginning of the day on: each figure holds those before it. */
export const isRunningHeading = (heading: string): boolean => runningWords.test(normalHeading(heading));

/** How surely a heading means a field, 0 for not at all. */
export const headingConfidence = (heading: string, kind: IngestKind, field: string): number =>
  meaningsOf(heading, kind)?.get(field) ?? 0;

/** A heading as it is shown: where a file has none its first row stands there, with whose number it may be. */
export const shownHeading = (heading: string): string => maskLikelyPersonal(heading);

/** Whether a column holds persons' numbers by its heading. */
export const isPersonalHeading = (heading: string): boolean =>
  headingConfidence(heading, 'calls', 'caller') > 0 || headsPersonalNumbers(normalHeading(heading));

/** What is not certain of a heading though it is taken for a field: talk alone, or calls that ended in the menu counted. */
export const doubtOf = (
  heading: string,
  field: string,
): 'talk-for-handle' | 'all-calls-for-offered' | undefined => {
  const normal = normalHeading(heading);
  if (field.startsWith('handle_seconds') && /通话|talk|billsec|acdtime/.test(normal))
    return 'talk-for-handle';
  return field === 'offered' && /总|^来电|received|^totalcalls/.test(normal)
    ? 'all-calls-for-offered'
    : undefined;
};

const wrapUp =
  /^(?:平均|总)?(?:话后|通话后|事后)(?:处理|整理|小结|工作)?(?:总?时长|时间|秒数)?$|^整理时长$|^(?:average|avg|mean|total)?(?:acw|aftercallwork|wrapup|wrap|aftercall)(?:time|seconds|duration)?$/;

/** Whether a heading means the work after a call, which is part of its handle time. */
export const isWrapUp = (heading: string): boolean => wrapUp.test(normalHeading(heading));

/** How surely a heading means the day, or the time of day, of a start given in two columns. */
export const datePartConfidence = (heading: string, part: 'date' | 'clock'): number => {
  const at = common[part].indexOf(normalHeading(heading));
  if (at < 0) return part === 'clock' && saysStart(heading) ? 0.55 : 0;
  return 0.9 - (0.3 * at) / common[part].length;
};
