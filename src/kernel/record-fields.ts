/**
 * The language in which a record is specified once (records.ts): its type, the columns of its files and of its table
 * and how ingest reads it follow from its fields.
 */

/** What a field holds, by its type. Shares are 0–1, times are instants (epoch milliseconds), dates YYYY-MM-DD. */
interface FieldValues {
  readonly text: string;
  readonly count: number;
  readonly number: number;
  readonly seconds: number;
  readonly share: number;
  readonly time: number;
  readonly date: string;
  readonly truth: boolean;
  readonly list: readonly string[];
  /** Numbers by name: a file has a column for each. */
  readonly figures: Readonly<Record<string, number>>;
}

export type FieldType = keyof FieldValues;

export interface RecordField {
  readonly type: FieldType;
  /** No record is without it. */
  readonly required?: true;
  /** Tells records apart, together with the other keys. */
  readonly key?: true;
  /** Its column in files, where that is not the field in snake case; null: no file has it. */
  readonly column?: string | null;
  /**
   * Headings under which files have it, Chinese and English, parted by spaces: the further left, the surer. Compared
   * after normalising (lower case, no spaces, punctuation or bracketed units). The name of its column always fits.
   */
  readonly headings?: string;
  /** Headings of a column of yes and no that ask for the contrary: yes in such a column is no here. */
  readonly opposite?: string;
  /** The number of an operator, whose record it is: found by their name too, told and erased with the person. */
  readonly person?: true;
  /** Required, but a file may lack it: ingest works it out of the rows. */
  readonly inferred?: true;
  /** Stands in files alone (something else is made of it), or in the table alone. */
  readonly only?: 'file' | 'table';
  /** A whole number in its table; other counts are kept as numbers that may have a fraction. */
  readonly whole?: true;
  /** Least and most; left out: from 0 on, shares up to 1. */
  readonly range?: readonly [least: number, most: number];
  /** Above this a value is questioned: in seconds for durations. */
  readonly most?: number;
  /** Mean of another field over so many calls: a file that has this instead of the total is multiplied. */
  readonly meanOf?: { readonly total: string; readonly over: readonly string[] };
  /** A state and not a count: intervals that are joined have their mean, one without calls says nothing of it. */
  readonly state?: true;
}

/** A record's fields in the order in which its files are documented. */
export type RecordFields = Readonly<Record<string, RecordField>>;

type Held<Fields extends RecordFields> = {
  [Name in keyof Fields]: Fields[Name] extends { readonly only: string } ? never : Name;
}[keyof Fields];

type Certain<Fields extends RecordFields> = {
  [Name in Held<Fields>]: Fields[Name] extends { readonly required: true } ? Name : never;
}[Held<Fields>];

/** The record that has these fields; one that a file does not carry is left out. */
export type RecordOf<Fields extends RecordFields> = {
  readonly [Name in Certain<Fields>]: FieldValues[Fields[Name]['type']];
} & {
  readonly [Name in Exclude<Held<Fields>, Certain<Fields>>]?: FieldValues[Fields[Name]['type']];
};

type SnakeCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeCase<Rest>}`
  : Name;

/** A field's name in files and tables: `startMillis` is start_millis. */
export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

/** The column of a field in files; undefined where none has it. */
export const fileColumn = (name: string, { column, only }: RecordField): string | undefined =>
  only === 'table' || column === null ? undefined : (column ?? snakeCase(name));

/** The columns that files of these fields may have, as a type: what each must be given a word for. */
export type FileColumn<Fields extends RecordFields> = {
  [Name in keyof Fields & string]: Fields[Name] extends { readonly only: 'table' } | { readonly column: null }
    ? never
    : Fields[Name] extends { readonly column: infer Column extends string }
      ? Column
      : SnakeCase<Name>;
}[keyof Fields & string];

// Headings under which switchboards export traffic, calls and operators, and those of days and times.

const queueHeadings = `
      queue 队列 队列名称 技能组 技能组名称 业务组 业务类型 话务队列 服务类别 queuename skill skillgroup
      skillset split splitskill callqueue servicename acdgroup 被叫技能组 队列组 班组 业务线 业务名称 业务 业务组别 受理业务 warteschlange
      service servicearea lineofbusiness`;
const hotlineHeadings = `
      hotline 热线 热线名称 城市 热线编号 被测热线 hotlineid city line 地区热线 hotlinename linename cityline
      calledline linecalled 城市热线 热线城市 城市名称 地市 地市热线 被测城市 被拨热线 测评热线`;
const personHeadings =
  'operator 工号 话务员 座席工号 坐席工号 座席 坐席 员工 人员 agent agentid employee person';

/** The months and weeks that tables of totals name. */
export const periodHeadings = 'month week 月份 年月 统计月份 周 周次';
export const dateHeadings = 'date 日期 统计日期 话务日期 day calldate rowdate 年月日 通话日期 来电日期 datum';
const startHeadings = `
      start 开始时间 时段 时间段 统计时间 统计时段 时间 日期时间 starttime intervalstart interval timestamp
      datetime time ts t period intervaltime halfhour intervalbegin begintime starthour hour slot timeslot timeinterval startdatetime 起始时间 开始时段 间隔开始 时刻 日期 date 统计日期
      话务日期 day datum zeitraum`;

const trafficHeadings = {
  intervalMinutes: 'intervalminutes 间隔分钟 时段分钟数 时段长度 统计间隔 间隔 intervallength',
  offered: `
      offered 人工请求量 转人工量 人工呼入量 请求人工量 人工请求数 转人工请求量 人工来电量 进入队列量 排队量
      人工服务请求量 呼入量 来电量 来电数 呼入数 呼入总量 来电总量 话务量 进线量 人工请求次数 请求量 请求数
      转人工数 转人工次数 呼入次数 来电次数 呼叫量 呼叫总量 进线数 来话量 来话数 总量 呼入 来电 进线 总呼入量
      总来电量 接入量 呼入总数 呼叫次数 callsoffered calls offeredcalls acdcallsoffered entered incoming
      incomingcalls inboundcalls count volume y ncalls numberofcalls callvolume callcount callsreceived offer
      contactsqueued callspresented presented totalcalls inboundcallvolume angeboten angeboteneanrufe eingehendeanrufe anrufe
      callsin inbound callsarrived arrivals callsentered callsentering contacts contactsoffered offeredcontacts
      totaloffered totalcallsoffered totalcallsreceived callattempts 来电数量 呼入数量 进线次数 来话次数 电话量 电话总量 话务总量 接入次数 接入数
      来电人次 请求次数 人工请求总量`,
  answered: `
      answered 接通量 人工接通量 接通数 应答量 应答数 接听量 人工应答量 人工接听量 受理量 接起量 接听数 接起数
      接通 接听 应答 人工接通 人工接听 接通总量 接听总量 接通次数 应答次数 人工接听数 人工接通数 callsanswered
      handled callshandled acdcalls answeredcalls callsansweredtotal answer accepted contactshandled angenommen angenommeneanrufe
      callstaken takencalls callsserved servedcalls pickedup callspickedup callsconnected connectedcalls
      callsaccepted totalanswered totalhandled contactsanswered 接通数量 接听数量 接起数量 接听总数 已接 已接通 已接听 已接来电 受理次数 人工接听次数
      人工接通次数 接电量`,
  abandoned: `
      abandoned 放弃量 放弃数 排队放弃量 呼损量 未接通量 用户放弃量 早释量 排队放弃数 放弃次数 未接听量 未接量
      未接通数 人工放弃量 放弃 呼损 未接通 未接 漏接量 放弃总量 漏接数 callsabandoned abandonedcalls abncalls
      abandons lost lostcalls abn abancalls abandon contactsabandoned abandonedwaiting verloren verloreneanrufe
      hungup hangup hangups missed missedcalls callsmissed callslost unanswered unansweredcalls notanswered
      dropped droppedcalls callsdropped totalabandoned gaveup 挂断量 挂断数 未接来电 未接电话 未接次数 漏接次数 漏话量 损失量 放弃数量 未接通数量
      未接通次数 排队挂断量`,
  shortAbandoned:
    'shortabandoned 短放弃 短放弃量 短时放弃量 秒内放弃量 shortabandons abandonedshort phantomabandoned',
  blocked:
    'blocked 遇忙 遇忙量 遇忙数 遇忙次数 忙线量 占线量 拒绝量 busy callsblocked busycalls overflowbusy rejected',
  answeredInThreshold: `
      answeredinthreshold 15秒接通量 15秒内接听量 15秒接听量 15秒接通数 15秒内接通数 20秒内接听量 10秒接通量
      30秒接通量 时限内接听量 15秒内接通量 15秒应答量 15秒内应答量 20秒接通量 20秒内接通量 20秒内接听量
      阈值内接通量 时限内接通量 规定时间内接通量 及时应答量 answeredinsl answeredwithinthreshold
      answeredwithinsl answeredin15s answeredin20s callsansweredin15seconds callsansweredin20seconds
      acceptable withinsl callsanswered60s n秒内接通`,
  waitSecondsTotal: `
      waitsecondstotal 排队总时长 等待总时长 总等待时长 总排队时长 totalwait totalwaittime waittimetotal
      queuetimetotal totalqueuetime`,
  handleSecondsTotal: `
      handlesecondstotal 处理总时长 总处理时长 总通话时长 通话总时长 人工服务总时长 totalhandletime
      handletimetotal totaltalktime talktimetotal handletime acdtime`,
  waitSecondsMean: `
      waitsecondsmean 平均等待时长 平均排队时长 平均等待时间 平均排队时间 averagewait avgwait averagewaittime
      avgwaittime avgqueuetime averagequeuetime 平均等待 平均排队 平均等待秒数 øwartezeit
      meanwait meanwaittime averagewaitingtime avgwaitingtime averagetimeinqueue avgtimeinqueue 平均候答时长 平均等候时长
      平均等待秒`,
  handleSecondsMean: `
      handlesecondsmean 平均处理时长 平均通话时长 平均处理时间 平均通话时间 平均服务时长 aht averagehandletime
      avghandletime avghandle averagetalktime avgtalktime att 平均人工服务时长 平均人工通话时长 平均处理
      平均通话 平均服务时间 平均处理秒数 avghandletimefmt øgesprächszeit øbearbeitungszeit
      meanhandletime avghandlingtime averagehandlingtime avgcallduration averagecallduration averageduration
      avgduration averagetalk avgtalk averagelength avgcalllength 单通时长 平均单通时长 平均话务时长 平均通话秒数 平均受理时长 平均处理秒 均长`,
  operators: `
      operators 座席数 坐席数 在线座席数 在线坐席数 签入座席数 签入坐席数 在岗人数 话务员数 上班人数 agents
      staffed agentsstaffed positionsstaffed avgpositionsstaffed agentsloggedin staff
      loggedin loggedon signedin signedon onduty agentsloggedon agentsin agentsonline onlineagents agentsonduty
      agentcount numberofagents agentsavailable agentspresent headcount positions seats staffing 登录座席数 登录坐席数
      登录人数 登陆人数 签入人数 签入数 上线人数 在线人数 在班人数 值班人数 当班人数 座席人数 坐席人数 在席人数 到岗人数 上座人数 在岗座席数 在岗坐席数`,
  waitSecondsMeanAnswered: `
      waitsecondsmeananswered 平均应答时长 平均应答速度 平均应答时间 平均应答秒数 asa averagespeedofanswer
      avgspeedofanswer averagespeedanswer avgspeedanswer avgspeedans avgtimetoanswer averagequeueanswertime
      avgqueueanswertime`,
  waitSecondsMeanAbandoned: `
      waitsecondsmeanabandoned 平均放弃时长 平均放弃时间 平均放弃等待时长 平均放弃秒数 放弃前平均等待 meanwaitbeforehangingup avgabantime
      avgabandontime averageabandontime avgtimetoabandon averagetimetoabandon`,
};

const callHeadings = {
  callId: `
      callid 通话流水号 通话编号 流水号 呼叫流水号 话单号 呼叫id 通话id 来电编号 uniqueid ucid id callguid linkedid
      contactid sessionid`,
  arrivedAt: `
      arrivedat 来电时间 呼入时间 进线时间 到达时间 呼叫时间 排队开始时间 开始时间 arrival arrivaltime
      calltime callstart starttime timestamp enterqueuetime calldate initiationtimestamp time datetime start
      来电日期时间 呼入日期 通话开始时间 振铃时间`,
  waitSeconds: `
      waitseconds 等待时长 排队时长 等待秒数 排队时间 等待时间 waits wait waittime queuetime queueseconds
      timeinqueue holdtime ringtime`,
  outcome: `
      outcome 通话结果 呼叫结果 结果 状态 呼叫状态 接通状态 是否接通 结束状态 status disposition result
      callresult callstatus`,
  handleSeconds: `
      handleseconds 处理时长 通话时长 服务时长 通话秒数 人工通话时长 services service servicetime talktime
      handletime duration billsec talkseconds`,
  caller: `
      caller 主叫号码 来电号码 主叫 电话号码 客户号码 callerid ani callingnumber src from phone callernumber
      clid 手机号 手机号码 客户电话 用户号码 来电电话`,
  channel: 'channel 渠道 接入渠道 来源渠道',
  operator:
    'operator 座席 坐席 座席工号 坐席工号 工号 话务员 话务员工号 接听坐席 agent agentid agentname servedby',
};

const operatorHeadings = {
  operator:
    'operator 工号 话务员 座席工号 坐席工号 座席 坐席 员工编号 人员编号 人员 员工 agent agentid employee id staff',
  tier: 'tier 座席等级 坐席等级 等级 级别 grade level',
  skills: 'skills 技能 技能组 可接队列 队列 queues skill',
  contractHours: `
      contracthours 合同工时 周工时 每周工时 hours weeklyhours hoursperweek 合同周工时 每周合同工时 标准周工时
      contractedhours weeklycontracthours 每周工作小时 周工作小时 合同小时 周工时上限 每周工时上限 maxweeklyhours maxhoursperweek`,
  handleTimeSeconds:
    'ahtseconds 平均处理时长 平均通话时长 aht averagehandletime avghandletime meanhandletimeseconds',
  qualityScore: 'qualityscore 质检得分 质检分 质量得分 服务质量分 quality qa qascore',
  firstContactResolution: 'firstcontactresolution 首次解决率 一次解决率 首解率 fcr',
  monthsOfService: 'monthsofservice 工龄 在岗月数 工龄月 司龄月 tenuremonths months',
  team: 'team 班组 小组 组别 团队',
  contract: 'contract 工时制度 工时制 合同类型 contracttype',
  hoursAccount: 'hoursaccount 综合计算周期 计算周期 核算周期 accountingperiod',
  nightExempt: 'nightexempt 免夜班 不上夜班 不可上夜班 不能上夜班 nonights',
  worksNights: `
      可上夜班 能上夜班 可否上夜班 能否上夜班 可以上夜班 是否可上夜班 是否能上夜班 是否上夜班 上夜班 可排夜班 worksnights canworknights
      mayworknights nightsallowed availablefornights nightsok`,
  joined: 'joined 入职日期 入职时间 到岗日期 入职 startdate hired started since',
  senior: 'senior 资深 老员工 是否资深 experienced',
  fixedDaysOff: 'fixeddaysoff 固定休息日 固定休 daysoff',
  hoursOverStandard: 'hoursoverstandard 结余工时 累计超出工时 工时结余 hoursbalance',
  nightsWorked: 'nightsworked 累计夜班 已上夜班 nights',
  weekendsWorked: 'weekendsworked 累计周末班 已上周末班 weekends',
  holidaysWorked: 'holidaysworked 累计节假日班 已上节假日班 holidays',
  name: 'name 姓名 名称 座席姓名 坐席姓名 话务员姓名 员工姓名 agentname operatorname employeename fullname',
  shifts: 'shifts 可上班次 可排班次 班次 allowedshifts mayworkshifts shiftstheymaywork',
};

const testCallHeadings = {
  placedAtMillis: `
      placedat 拨测时间 测试时间 拨打时间 呼叫时间 testtime calltime time timestamp calledat dialledat dialedat
      testedat 拨测日期时间 测试日期时间`,
  connected: `
      connected 是否接通 接通 接通情况 answered gotthrough reached 打通 是否打通 拨通 是否拨通 接通与否 是否应答`,
  secondsToOperator: `
      secondstooperator 转人工时长 转人工秒数 接通时长 应答时长 等待时长 seconds secondstoagent timetooperator wait
      waitseconds waittime timetoanswer secondstoanswer answertime answerseconds timetoagent 等待秒数 接通用时 转人工用时
      振铃等待 振铃时长 振铃等待时长 振铃秒数 振铃时间 ringtime ringseconds ringing`,
};

const resultHeadings = {
  period:
    'period 期次 监测期 监测批次 批次 监测期次 监测月份 监测年月 年度 季度 年份 月份 year quarter month',
  testCalls: `
      testcalls 拨测次数 拨测量 测试次数 拨打次数 样本数 tests calls n dials dialled dialed callsplaced placed attempts
      trials 拨打量 拨打数 拨测数 测试量 测试数 暗访次数 抽测次数 抽查次数 有效拨测次数 拨测总数`,
  connected: `
      connected 接通次数 接通量 接通数 接通 answered k gotthrough reached connectedcalls callsconnected successes
      successfulcalls 打通次数 打通数 拨通次数 成功次数 成功接通次数 接通总数`,
  connectionRate: 'connectionrate 接通率 拨测接通率 rate answerrate',
  meanSeconds: `
      meanseconds meantimetooperator 平均转人工时长 平均接通时长 平均应答时长 转人工时长 averageseconds avgseconds averagewait avgwait
      meanwait averagewaitseconds 平均等待时长 平均等待 平均接续时长 平均接通时间 平均转人工时间 平均等待秒数`,
  total: 'total 总分 得分 综合得分 总得分 score totalscore',
};

const topicHeadings = {
  topic: `topic 诉求类型 事项分类 热线分类 一级分类 诉求分类 问题分类 事项类型 诉求类别 事项类别 工单类型 工单分类
      问题类型 问题类别 诉求大类 事项大类 问题大类 工单大类 业务大类 一级事项 业务分类 归口类别 一级类别
      一级目录 大类 分类 类别 类型 category class subject tag calltype problemtype requesttype complainttype`,
  subtopic: `subtopic 二级分类 二级类别 二级目录 诉求小类 事项小类 问题小类 工单小类 业务小类 二级事项 小类
      子类 细类 子分类 subcategory subclass detail descriptor`,
  date: `
      ${dateHeadings} 受理日期 受理时间 来电时间 登记日期 登记时间 诉求日期 诉求时间 创建日期 创建时间
      工单时间 派单时间 createdat createddate received opened ${periodHeadings}`,
  demands: `
      demands 数量 诉求量 工单量 件数 诉求数 工单数 诉求件数 工单件数 受理量 受理数 受理件数 话务量 来电量
      总量 合计 calls count requests tickets cases volume n`,
};

/** Headings of what several records have, and of records that have many. */
export const headings = {
  queue: queueHeadings,
  hotline: hotlineHeadings,
  person: personHeadings,
  start: startHeadings,
  traffic: trafficHeadings,
  call: callHeadings,
  operator: operatorHeadings,
  testCall: testCallHeadings,
  result: resultHeadings,
  topic: topicHeadings,
};
