import {
  dateHeadings,
  type FieldType as RecordFieldType,
  fileColumn,
  type RecordFields,
} from '../../kernel/record-fields.ts';
import { type RecordKind, recordKindNames, recordKinds } from '../../kernel/records.ts';
import { remembered } from '../../kernel/remember.ts';
import { maskLikelyPersonal } from '../cells/personal-numbers.ts';

/** How the cells of a column are read. */
export type FieldType = Exclude<RecordFieldType, 'figures'>;

/** One canonical column: how its cells are read, and whether a file must have it. */
export interface FieldSpec {
  readonly field: string;
  readonly type: FieldType;
  /** Headings that mean it, the surest first. */
  readonly headings: readonly string[];
  /** Headings that mean the contrary of it. */
  readonly opposite?: readonly string[];
  readonly required?: boolean;
  /** Nearly every file of the kind has it, though one may lack it. */
  readonly usual?: boolean;
  /** Above this a value is questioned: in seconds for durations. */
  readonly most?: number;
  /** Number of an operator, who may be named instead. */
  readonly person?: true;
}

const namesIn = (headings: string): string[] => headings.split(/\s+/).filter((name) => name !== '');

const fieldsOf = (fields: RecordFields): FieldSpec[] =>
  Object.entries(fields).flatMap(([name, specified]): FieldSpec[] => {
    const { type, required, inferred, key, most, headings = '', opposite, person } = specified;
    const field = fileColumn(name, specified);
    if (field === undefined || type === 'figures') return [];
    return [
      {
        field,
        type,
        headings: namesIn(headings),
        ...(opposite === undefined ? {} : { opposite: namesIn(opposite) }),
        ...(most === undefined ? {} : { most }),
        ...(person === undefined ? {} : { person }),
        ...(required === true && inferred !== true ? { required } : {}),
        ...(inferred === true && key === true ? { usual: true } : {}),
      },
    ];
  });

/** Something for every kind of record. */
const ofRecordKinds = <Value>(of: (kind: RecordKind) => Value): Readonly<Record<RecordKind, Value>> =>
  // every kind is among the entries
  Object.fromEntries(recordKindNames.map((kind) => [kind, of(kind)])) as Record<RecordKind, Value>;

/** Canonical columns of every kind of file (docs/en/reference/data-formats.md), in the order in which they are documented. */
export const fieldsOfKind = ofRecordKinds<readonly FieldSpec[]>((kind) => fieldsOf(recordKinds[kind].fields));

/** Every canonical field name. */
export const allFields: ReadonlySet<string> = new Set(
  recordKindNames.flatMap((kind) => fieldsOfKind[kind].map((spec) => spec.field)),
);

/** The spec of a field of a kind; undefined when the kind has no such field. */
export const fieldSpec = (kind: RecordKind, name: string): FieldSpec | undefined =>
  fieldsOfKind[kind].find((spec) => spec.field === name);

/** A column of a template: its field, and the heading in Chinese by which it is known without a question. */
export interface TemplateColumn extends FieldSpec {
  readonly chinese: string;
}

const han = /\p{Script=Han}/u;

/** Columns of a template of a kind, in the order in which they are documented. Their English headings are the fields. */
export const templateColumns = (kind: RecordKind): TemplateColumn[] =>
  fieldsOfKind[kind].map((spec) => ({
    ...spec,
    chinese: spec.headings.find((name) => han.test(name)) ?? spec.field,
  }));

/** Columns of the day and of the time of day where a start is given in two. */
const dateParts = {
  date: dateHeadings.split(' '),
  clock:
    '时段 时间段 时间 时刻 小时 开始时间 统计时段 time interval hour starttime timeofday 半小时 来电时间 呼入时间 进线时间 通话时间 拨测时间 calltime arrivaltime uhrzeit'.split(
      ' ',
    ),
};

/** Characters by which headings are compared. */
const longestHeading = 200;

/** Headings are compared with every field of every kind, row by row: each is normalised once. */
const mostNormalised = 20_000;
const bracketed = /\([^)]*\)|\[[^\]]*\]|【[^】]*】/g;
const shareWords = /[%‰率]|百分比|占比|比例|\b(?:percent(?:age)?|pct|rate|ratio|share)\b/;
const normalised = remembered((heading: string): string => {
  const text = heading.normalize('NFKC').toLowerCase();
  const outside = text.replaceAll(bracketed, '').replaceAll(/[%‰]/g, '');
  const bare = outside.replaceAll(/[^\p{Letter}\p{Number}]/gu, '');
  // "% ACD Time" is another column than "ACD Time"
  return shareWords.test(text) && !shareWords.test(outside) ? `${bare}%` : bare;
}, mostNormalised);

/** A heading as it is compared. */
export const normalHeading = (heading: string): string => normalised(heading.slice(0, longestHeading));

/** Fields that a name may mean, with how surely. */
type Meanings = ReadonlyMap<string, number>;

/** Every name that headings of a kind may have, normalised. */
const meaningsByName = remembered((kind: RecordKind): ReadonlyMap<string, Meanings> => {
  const byName = new Map<string, Map<string, number>>();
  const mean = (name: string, field: string, surely: number): void => {
    const fields = byName.get(name) ?? new Map<string, number>();
    fields.set(field, Math.max(surely, fields.get(field) ?? 0));
    byName.set(name, fields);
  };
  for (const { field, headings, opposite = [] } of fieldsOfKind[kind]) {
    mean(normalHeading(field), field, 1);
    headings.forEach((name, at) => mean(name, field, at === 0 ? 1 : 0.95 - (0.35 * at) / headings.length));
    opposite.forEach((name) => mean(name, field, 0.9));
  }
  return byName;
});

/** Fields that a heading may mean: 1 for the canonical name, less down the list; undefined for none. */
export const meaningsOf = (heading: string, kind: RecordKind): Meanings | undefined => {
  const normal = normalHeading(heading);
  if (normal.endsWith('%')) return sharesByName(kind).get(normal.slice(0, -1));
  const byName = meaningsByName(kind);
  return (
    byName.get(normal) ??
    byName.get(normal.replace(runningWords, '')) ??
    byName.get(normal.replace(whetherConnected, '是否接通')) ??
    meaningByWords(heading, kind) ??
    meaningByLength(normal, kind)
  );
};

/** "是否接通人工", "人工是否接通"; not whether within 15 seconds, nor whether not, and no rate. */
const whetherConnected = /^[^\w未没无率比]*是否[^\w未没无率比]*接通[^\w未率比失]*$/;

/** What a heading of a duration says: how long callers waited, or how long they were spoken with. */
const lengthWords =
  /(?:总?时长|时间|秒数?|用时|耗时|(?:time|seconds?|secs?|duration|length)(?:inseconds|sec|secs|s)?)$/;
/** Whether a heading names a length of time, or has a unit of it in brackets. */
export const saysLength = (heading: string): boolean =>
  lengthWords.test(normalHeading(heading)) ||
  /[([【（]\s*(?:秒|分钟|毫秒|小时|s|secs?|seconds?|ms|mins?|minutes?|h|hours?|h?h?:?mm?:ss)\s*[)\]】）]/i.test(
    heading,
  );
const waitWords = /等待|等候|排队|候答|振铃|wait|queue|ring/;
const meanWords = /^(?:平均|人均|均次|average|avg|mean)/;
const lengthsOf = {
  wait: /^(?:等待|等候|排队|候答|振铃|接通|应答|接起|转|人工|座席|坐席|前|的|所用|用户|来电|市民|队列|customer|caller|call|agent|in|wait|waiting|queue|queued|ring|ringing|to|answer)+$/,
  handle:
    /^(?:(?:人工|座席|坐席|客户|用户|来电|实际|净|的|customer|caller|call|agent|acd|inbound)*)(?:通话|服务|处理|交谈|受理|接待|talk|talking|handle|handling|conversation|connected|incall|interaction)$/,
};

/** Fields of a wait and of a handle time, by the kinds that have them. */
const lengthFields: Readonly<Partial<Record<RecordKind, readonly string[]>>> = {
  traffic: ['wait_seconds_mean', 'handle_seconds_mean'],
  calls: ['wait_seconds', 'handle_seconds'],
  'test-calls': ['seconds_to_operator'],
};

/** A heading by what it says of a length of time: "接通等待时长", "Talk", "排队等待"; who reads judges the cells too. */
const meaningByLength = (normal: string, kind: RecordKind): Meanings | undefined => {
  if (normal.length > longest) return undefined;
  const bare = normal.replace(lengthWords, '');
  const isMean = meanWords.test(bare);
  // where a row is an interval, a bare word may as well count calls
  if (kind === 'traffic' ? !isMean : isMean) return undefined;
  const text = bare.replace(meanWords, '');
  // a test call ends as it is answered: whatever else is said of it is how long that took
  const isWait =
    lengthsOf.wait.test(text) && (waitWords.test(text) || (kind === 'test-calls' && bare !== normal));
  const field = lengthFields[kind]?.[isWait ? 0 : lengthsOf.handle.test(text) ? 1 : 2];
  return field === undefined ? undefined : new Map([[field, surely]]);
};

/** The same of headings that say a share: they mean no count and no duration. */
const sharesByName = remembered(
  (kind: RecordKind): ReadonlyMap<string, Meanings> =>
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
export const headingConfidence = (heading: string, kind: RecordKind, field: string): number =>
  meaningsOf(heading, kind)?.get(field) ?? 0;

/** A heading as it is shown: where a file has none its first row stands there, with whose number it may be. */
export const shownHeading = (heading: string): string => maskLikelyPersonal(heading);

/** Whether a column is headed as one of persons' numbers, whatever else it may be called. */
const headsPersonalNumbers = (normalisedHeading: string): boolean =>
  personalHeadings.has(normalisedHeading) ||
  /(?:手机|电话|联系|主叫|被叫|来电|客户|用户|市民|回拨|呼叫|证件|身份证)(?:人)?(?:号|号码)$|手机$|联系电话|客户电话|联系方式|身份证/.test(
    normalisedHeading,
  );

const personalHeadings: ReadonlySet<string> = new Set(
  `caller callerid callerno callernum callernumber calleridnum calleridname clid cid cidnum cidname cli ani src srcnum
   source from fromnumber dst dnid dialednumber dialled callednumber callee calleenumber phone phoneno phonenumber
   mobile mobileno mobilephone mobilenumber tel telno telephone telephonenumber cell cellphone msisdn contactnumber
   customernumber customerphone customerphonenumber customerendpoint customerendpointaddress callback callbacknumber
   number idcard idnumber nationalid 主叫 被叫 主叫方 被叫方 电话 电话号 号码 来电显示`
    .trim()
    .split(/\s+/),
);

/** Whether a column holds persons' numbers by its heading. */
export const isPersonalHeading = (heading: string): boolean =>
  headingConfidence(heading, 'calls', 'caller') > 0 || headsPersonalNumbers(normalHeading(heading));

/** What is not certain of a heading though it is taken for a field: talk alone, or calls that ended in the menu counted. */
export const doubtOf = (
  heading: string,
  field: string,
): 'talk-for-handle' | 'all-calls-for-offered' | undefined => {
  const normal = normalHeading(heading);
  if (field.startsWith('handle_seconds') && /通话|交谈|talk|conversation|billsec|acdtime/.test(normal))
    return 'talk-for-handle';
  return field === 'offered' && /总|^来电|received|^totalcalls/.test(normal)
    ? 'all-calls-for-offered'
    : undefined;
};

/** Whether a heading asks for the contrary of its field. */
export const asksContrary = (heading: string, { opposite }: FieldSpec): boolean =>
  opposite?.includes(normalHeading(heading)) === true;

const besideTalk = {
  work: /^(?:(?:话后|通话后|事后|后)(?:处理|整理|小结|工作)?|整理|小结|(?:total)?(?:acw|aftercallwork|aftercalls?|postcall(?:work)?|wrapup|wrap))$/,
  hold: /^(?:(?:通话|客户|用户)?保持|(?:total)?(?:customer|caller|on)?hold)$/,
};

/** Which part of the handle time beside the talk a heading means: the work after a call or the time on hold. */
export const besideTalkOf = (heading: string): keyof typeof besideTalk | undefined => {
  const bare = normalHeading(heading)
    .replace(/^总|总$/, '')
    .replace(lengthWords, '')
    .replace(meanWords, '');
  return besideTalk.work.test(bare) ? 'work' : besideTalk.hold.test(bare) ? 'hold' : undefined;
};

/** How surely a heading means the day, or the time of day, of a start given in two columns. */
export const datePartConfidence = (heading: string, part: 'date' | 'clock'): number => {
  const at = dateParts[part].indexOf(normalHeading(heading));
  if (at < 0) return part === 'clock' && saysStart(heading) ? 0.55 : 0;
  return 0.9 - (0.3 * at) / dateParts[part].length;
};

/**
 * Headings that nobody has listed, read word by word: "Half hour starting", "Calls arriving", "Contacts we could not
 * answer". A heading means a field where each word that the field asks for is there and no word is left over, so that
 * "Calls answered by robot" or "Half hour ending" mean nothing.
 */

/** Words that mean the same in a heading. */
const groups = {
  filler:
    'the of a an in on at by for from per to number no num nr count total all our we us were was they this who that up off',
  span: 'interval intervals half quarter hour hourly hours period time times slot slots date datetime and day bin',
  begin: 'start starts starting started begin begins beginning from commencing commences',
  call: 'call calls contact contacts interaction interactions enquiry enquiries inquiry inquiries caller callers phone telephone',
  came: 'arriving arrived arrivals arrival incoming inbound offered received presented entered entering queued queueing coming came volume in',
  taken:
    'answered handled taken connected accepted served completed answer handle take connect accept serve picked',
  lost: 'abandoned abandoning abandon lost missed dropped hung gave given giving unanswered rang',
  not: 'not never could',
  mean: 'average avg mean',
  sum: 'total sum overall',
  work: 'handle handling handled talk talking service serving conversation work call calls contact acd',
  waiting: 'wait waiting waited queue queueing queuing hold holding',
  length: 'time times duration durations length seconds secs sec s minutes mins',
  within: 'within in under inside less than',
  figure: '',
  people: 'agents operators advisers advisors staff handlers agent operator positions people',
  present: 'working available on duty logged signed staffed present in',
  loggedOn: 'logged signed duty staffed',
  desk: 'queue queues skill skills split team line service department desk group topic name type label',
  queueWord: 'queue skill split department desk service topic',
  person:
    'agent agents operator operators adviser advisers advisor advisors staff employee employees person people member handler worker',
  identity: 'no number num nr id code ref reference badge payroll',
  named: 'name names title called',
  ending: 'end ends ending ended to until finish finishes finishing last through',
  hours: 'hours hrs',
  agreed: 'contract contracted weekly week maximum max standard working work per',
  joining: 'joined joining hired hire employed service',
  event: 'event events campaign campaigns occasion happening',
  effect: 'effect impact uplift increase change rise growth extra more',
  foreseen: 'expected estimated estimate forecast predicted planned likely foreseen',
  line: 'hotline line city',
  off: 'leave absence absent off holiday away',
  trial: 'test tests trial trials dial dials dialled dialed mystery',
  cover: 'shift shifts duty',
} as const;
type Group = keyof typeof groups;

const wordsIn = remembered((group: Group): ReadonlySet<string> => new Set(groups[group].split(' ')));

const isIn = (word: string, group: Group): boolean =>
  group === 'figure' ? /^\d+s?$/.test(word) : wordsIn(group).has(word);

/** What a field's heading has in it, and what else it may have. */
interface Rule {
  readonly field: string;
  readonly has: readonly Group[];
  readonly may?: readonly Group[];
}

const whenRules: readonly Rule[] = [{ field: 'start', has: ['span', 'begin'] }];
const personRules: readonly Rule[] = [
  { field: 'name', has: ['person', 'named'] },
  { field: 'operator', has: ['person', 'identity'] },
];

const rules: Readonly<Partial<Record<string, readonly Rule[]>>> = {
  traffic: [
    ...whenRules,
    { field: 'answered_in_threshold', has: ['taken', 'within', 'figure'], may: ['call', 'length'] },
    { field: 'abandoned', has: ['call', 'not', 'taken'] },
    { field: 'offered', has: ['call', 'came'] },
    { field: 'answered', has: ['call', 'taken'] },
    { field: 'abandoned', has: ['call', 'lost'], may: ['waiting'] },
    { field: 'handle_seconds_mean', has: ['mean', 'work', 'length'] },
    { field: 'handle_seconds_total', has: ['sum', 'work', 'length'] },
    { field: 'wait_seconds_mean', has: ['mean', 'waiting', 'length'] },
    { field: 'wait_seconds_total', has: ['sum', 'waiting', 'length'] },
    { field: 'operators', has: ['people', 'present'] },
    { field: 'operators', has: ['loggedOn'], may: ['present', 'people'] },
    { field: 'queue', has: ['queueWord', 'desk'], may: ['call'] },
  ],
  presence: [
    ...whenRules,
    { field: 'operators', has: ['people', 'present'] },
    { field: 'operators', has: ['loggedOn'], may: ['present', 'people'] },
  ],
  calls: [
    { field: 'arrived_at', has: ['call', 'span'], may: ['came', 'begin'] },
    { field: 'arrived_at', has: ['call', 'begin'] },
    { field: 'arrived_at', has: ['call', 'came'] },
    { field: 'wait_seconds', has: ['waiting', 'length'] },
    { field: 'handle_seconds', has: ['work', 'length'] },
    { field: 'queue', has: ['queueWord', 'desk'], may: ['call'] },
  ],
  'test-calls': [
    { field: 'placed_at', has: ['span', 'trial'], may: ['call'] },
    { field: 'placed_at', has: ['span', 'call'] },
    { field: 'seconds_to_operator', has: ['waiting', 'length'], may: ['taken'] },
    { field: 'hotline', has: ['line', 'named'], may: ['trial'] },
  ],
  operators: [
    ...personRules,
    { field: 'contract_hours', has: ['hours', 'agreed'] },
    { field: 'joined', has: ['begin', 'span'], may: ['joining'] },
    { field: 'joined', has: ['joining', 'span'] },
    { field: 'skills', has: ['desk'], may: ['person', 'taken', 'call', 'not'] },
  ],
  events: [
    { field: 'date', has: ['begin', 'span'], may: ['event'] },
    { field: 'end', has: ['ending', 'span'], may: ['event'] },
    { field: 'expected_effect', has: ['effect'], may: ['foreseen', 'call'] },
    { field: 'label', has: ['event'], may: ['named'] },
  ],
  leave: [
    ...personRules,
    { field: 'from', has: ['begin', 'span'], may: ['off'] },
    { field: 'from', has: ['begin', 'off'] },
    { field: 'to', has: ['ending', 'span'], may: ['off'] },
    { field: 'to', has: ['ending', 'off'] },
  ],
  requests: personRules,
  roster: [
    ...personRules,
    { field: 'date', has: ['cover', 'span'] },
    { field: 'shift', has: ['cover', 'named'] },
  ],
};

const inBrackets = /\([^)]*\)|\[[^\]]*\]/g;

/** Characters of what is still a heading, and no sentence. */
const longest = 60;

/** Cells are looked at as headings row by row, for every kind: each is taken apart once. */
const mostRemembered = 20_000;

/** Words of a heading in lower case; none where it says a share, or is not of Latin letters. */
const wordsOf = remembered((heading: string): readonly string[] => {
  if (heading.length > longest || !/[a-z]/i.test(heading)) return [];
  const text = heading.normalize('NFKC').toLowerCase().replaceAll(inBrackets, ' ');
  if (/%|\b(?:percent|percentage|pct|rate|ratio|share)\b/.test(text)) return [];
  const words = text.split(/[^\p{Letter}\p{Number}]+/u).filter((word) => word !== '');
  return words.every((word) => /^[a-z\d]+$/.test(word)) ? words : [];
}, mostRemembered);

const says = (words: readonly string[], { has, may = [] }: Rule): boolean =>
  words.length > 1 &&
  has.every((group) => words.some((word) => isIn(word, group))) &&
  words.every((word) => [...has, ...may, 'filler' as const].some((group) => isIn(word, group)));

/** Less sure than any name that is listed. */
const surely = 0.55;

/** The field of a kind that a heading means by its words; undefined for none. */
export const meaningByWords = (heading: string, kind: string): ReadonlyMap<string, number> | undefined => {
  const known = rules[kind];
  if (known === undefined) return undefined;
  const words = wordsOf(heading);
  const rule = known.find((each) => says(words, each));
  return rule === undefined ? undefined : new Map([[rule.field, surely]]);
};

/** Whether a heading means by its words when an interval starts. */
const saysStart = (heading: string): boolean => says(wordsOf(heading), whenRules[0] as Rule);

/** What files call kinds of leave, besides the kinds' own names, as `normalHeading` writes them; "leave" and "day" may follow each. */
export const leaveKindWords = {
  annual:
    '年假 年休假 年休 带薪年假 带薪年休假 法定年假 holiday holidays vacation al pto paid paidtimeoff annualholiday',
  sick: '病假 病 带薪病假 病休 医疗期 sickness ill illness sl medical',
  training: '培训 学习 脱产培训 course study',
  other:
    '事假 其他 其它 婚假 产假 陪产假 护理假 育儿假 产检假 哺乳假 丧假 工伤假 调休 补休 unpaid maternity paternity parental adoption bereavement compassionate carers special personal dependants jury juryservice juryduty toil timeoffinlieu publicholiday bankholiday',
};

/** A kind of leave without the word for leave or a day behind it: "Annual leave", "Training day". */
export const leaveWord = (text: string): string =>
  normalHeading(text).replace(/(?<=.)(?:leave|(?<!holi)days?)$/, '');
