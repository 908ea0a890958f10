import type { LeversDocument } from '../../contract/documents/levers-document.ts';
import type { LeversModel } from '../../contract/models/levers-model.ts';
import { text, type Text } from '../../kernel/text.ts';

type Row = LeversDocument['levers'][number];

const money = (value: number): string => Math.round(value).toLocaleString('en-US');
const percent = (share: number): string => `${Math.round(100 * share)}%`;

/** What a table of levers teaches, in sentences. */
export const tellLevers = (
  rows: readonly Row[],
  mix: LeversDocument['mix'],
  shortBefore: number,
  targetFrom: LeversDocument['targetFrom'],
): Text[] => {
  if (shortBefore < 0.5)
    return [
      text(
        '按预测均值，各队列各时段已达目标，没有缺口要补。',
        'On the mean forecast every queue meets its targets in every interval: nothing is short.',
      ),
    ];
  if (rows.every(({ level }) => level === 0)) return [noTarget(shortBefore, targetFrom), ...mixSaid(mix)];
  return [...cheapest(rows), ...outOfReach(rows), ...mixSaid(mix)];
};

/** Every lever stays where it is: what they are to reach is what there is already. */
const noTarget = (short: number, targetFrom: LeversDocument['targetFrom']): Text =>
  targetFrom === 'prompts'
    ? text(
        `提示补不了缺口（未达目标的来电 ${money(short)} 通），各项措施也就没有要看齐的目标。请说明要补回多少，例如 huawu divert --levers --recover 0.5 为补回一半。`,
        `Prompts mend none of the ${money(short)} calls short of the targets, so there is nothing for the levers to match. Say how many to mend: huawu divert --levers --recover 0.5 asks for half.`,
      )
    : text(
        `所要补回的为零，${money(short)} 通未达目标的来电保持原样。请说明要补回多少，例如 huawu divert --levers --recover 0.5 为补回一半。`,
        `Nothing is asked to be mended: ${money(short)} calls stay short of the targets. Say how many to mend: huawu divert --levers --recover 0.5 asks for half.`,
      );

const cheapest = (rows: readonly Row[]): Text[] => {
  const reaching = rows.filter((row) => row.reachesTarget && row.costPerRecovered !== null);
  const best = reaching.toSorted((a, b) => (a.costPerRecovered ?? 0) - (b.costPerRecovered ?? 0))[0];
  if (best === undefined)
    return [
      text(
        '没有一项措施单独能达到目标，需要组合使用。',
        'No lever reaches the target alone: it takes several together.',
      ),
    ];
  return [
    text(
      `能单独达到同一目标的措施中，「${best.name['zh-CN']}」每挽回一位来电人花费最少：${(best.costPerRecovered ?? 0).toFixed(1)}。`,
      `Of the levers that reach the target alone, "${best.name.en}" costs least per caller recovered: ${(best.costPerRecovered ?? 0).toFixed(1)}.`,
    ),
  ];
};

const outOfReach = (rows: readonly Row[]): Text[] => {
  const short = rows.filter((row) => !row.reachesTarget);
  if (short.length === 0) return [];
  const names = (language: 'zh-CN' | 'en', between: string): string =>
    short.map((row) => `${row.name[language]} (${money(row.callsShort)})`).join(between);
  return [
    text(
      `用到上限仍达不到目标的措施及其剩余缺口：${names('zh-CN', '、')}。`,
      `Levers that miss the target even at their most, with the calls still short: ${names('en', ', ')}.`,
    ),
  ];
};

const mixSaid = (mix: LeversDocument['mix']): Text[] => {
  if (mix === null || mix.parts.length === 0) return [];
  const parts = (language: 'zh-CN' | 'en', between: string): string =>
    mix.parts.map((part) => `${part.name[language]} ${percent(part.level)}`).join(between);
  return [
    text(
      `预算 ${money(mix.budget)} 内所找到的挽回来电人最多的组合：${parts('zh-CN', '、')}；花费 ${money(mix.cost)}，挽回 ${money(mix.recoveredCallers)} 人，缺口剩 ${money(mix.callsShort)} 通。`,
      `The mix found that recovers most callers within ${money(mix.budget)}: ${parts('en', ', ')}; it costs ${money(mix.cost)}, recovers ${money(mix.recoveredCallers)} callers and leaves ${money(mix.callsShort)} calls short.`,
    ),
  ];
};

/** What the table rests on: the settings of models/levers.json, and which of them are assumed. */
export const leverAssumptions = (rows: readonly Row[], settings: LeversModel): Text[] => {
  const { overtime, laterStart, smartVoice, directAnswer, prompts, callbacks } = settings;
  const assumed = rows.filter((row) => row.assumed);
  return [
    text(
      '一通缺口：未达接通率目标与应答时限目标所差的来电；挽回一位来电人：本来最终没有办成、现在办成的首次来电人。以预测均值按公式计算，金额单位与座席小时成本相同。',
      "A call short: one that is missing to the connection target or the answer-time target. A caller recovered: a first caller who is served and would not have been. By formula on the mean forecast; money as in the tiers' cost per hour.",
    ),
    text(
      `措施上限与单价（models/levers.json）：加班至多为在岗的 ${percent(overtime.largestShare)}、每段不少于 ${overtime.leastMinutes} 分钟、按 ${overtime.costFactor} 倍工时成本；推迟上班至多 ${laterStart.latestMinutes} 分钟、每班次 ${laterStart.costPerShift}；智能语音至多再办结 ${percent(smartVoice.largestShare)}、每通 ${smartVoice.costPerCall}、每周 ${smartVoice.costPerWeek}；直接解答使处理时长至多缩短 ${percent(directAnswer.handleTimeCut)}、每付薪工时 ${directAnswer.costPerOperatorHour}；提示每段 ${prompts.costPerStretch}；每次回拨多用 ${callbacks.secondsPerCallback} 秒。`,
      `Limits and prices (models/levers.json): overtime at most ${percent(overtime.largestShare)} of those on duty, in blocks of at least ${overtime.leastMinutes} minutes, at ${overtime.costFactor} times the hourly cost; later starts by at most ${laterStart.latestMinutes} minutes, ${laterStart.costPerShift} a shift; smart voice settles at most ${percent(smartVoice.largestShare)} more, ${smartVoice.costPerCall} a call and ${smartVoice.costPerWeek} a week; direct answers cut handle time by at most ${percent(directAnswer.handleTimeCut)}, ${directAnswer.costPerOperatorHour} a paid hour; ${prompts.costPerStretch} a stretch of a prompt; ${callbacks.secondsPerCallback} s beside each callback.`,
    ),
    ...(assumed.length === 0
      ? []
      : [
          text(
            `以下措施的数字是假设值：${assumed.map((row) => row.name['zh-CN']).join('、')}。`,
            `The figures of these levers are assumed: ${assumed.map((row) => row.name.en).join(', ')}.`,
          ),
        ]),
  ];
};
