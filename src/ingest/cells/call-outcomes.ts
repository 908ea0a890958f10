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

/** The outcome that a word stands for, whatever its case; undefined where the word tells nothing. */
export const outcomeNamed = (word: string): CallOutcome | undefined =>
  byWord.get(
    word
      .trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, '_'),
  );
