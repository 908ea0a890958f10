import { callOutcomes, type CallOutcome } from '../../kernel/records.ts';

/** Words of switchboards for each outcome, in the order of callOutcomes; anything else has to be said in a map file. */
const words: readonly string[] = [
  `answered 接通 已接通 应答 已应答 接听 已接听 人工接通 人工接听 人工应答 座席应答 坐席应答 connected handled`,
  `abandoned 放弃 已放弃 排队放弃 用户放弃 队列放弃 排队挂机 主叫放弃 振铃放弃 振铃未接 振铃未应答 无人应答 未应答
     未接 no_answer noanswer abandon lost ring_no_answer`,
  `blocked 遇忙 忙线 忙音 占线 线路忙 全忙 busy congestion`,
  `ended_in_menu 菜单结束 自助结束 ivr结束 ivr放弃 ivr挂机 ivr自助 语音菜单结束 语音导航结束 自助服务 机器人结束
     智能语音结束 ended_in_ivr`,
];

const byWord: ReadonlyMap<string, CallOutcome> = new Map(
  callOutcomes.flatMap((outcome, i) => (words[i] ?? '').split(/\s+/).map((word) => [word, outcome] as const)),
);

const truthsOf = (text: string, truth: boolean): [string, boolean][] =>
  text.split(' ').map((word) => [word, truth]);
/** What is written for yes and no. */
export const truths: ReadonlyMap<string, boolean> = new Map([
  ...truthsOf('true 1 yes y t 是 有 √ 接通 已接通', true),
  ...truthsOf('false 0 no n f 否 无 × 未接通', false),
]);

/** Headings that ask whether a call was answered. */
const asksAnswered =
  /^(?:呼叫|通话|电话|来电)?(?:是否)?(?:已|被)?(?:人工|座席|坐席)?(?:接通|应答|接听|接起)(?:人工|座席|坐席|与否|情况)?[?？]?$|^(?:(?:was|is|call) )*(?:answered|connected)(?: by (?:an )?(?:agent|operator))? ?\??$/i;

/**
 * The outcome that a word under a heading stands for, whatever its case; undefined where the word tells nothing. A call that
 * was not answered, and of which no more is said, was given up.
 */
export const outcomeNamed = (word: string, heading: string): CallOutcome | undefined => {
  const text = word.trim().toLowerCase();
  const truth = asksAnswered.test(heading.trim()) ? truths.get(text) : undefined;
  return (
    byWord.get(text.replaceAll(/[\s-]+/g, '_')) ??
    (truth === undefined ? undefined : truth ? 'answered' : 'abandoned')
  );
};
