import type { PromptsModel } from '../contract/models/prompts-model.ts';
import { problemAt, type Problem } from '../kernel/errors.ts';
import type { Horizon, PromptPlacement } from '../kernel/hotline.ts';
import { text, type Text } from '../kernel/text.ts';
import { wallClockOf } from '../kernel/time.ts';
import { promptHours } from './prompt-hours.ts';

export interface PlacementCheck {
  readonly placements: readonly PromptPlacement[];
  readonly rules: PromptsModel['rules'];
  readonly horizon: Horizon;
  /** 1 where the line is open. */
  readonly open: Uint8Array;
  readonly neverDivert: readonly string[];
}

type Say = (rule: string, interval: number, message: Text, remedy: Text) => void;

const checkHours = (check: PlacementCheck, placement: PromptPlacement, say: Say): void => {
  const { mayPlay } = promptHours(check.horizon, check.open, check.rules.quietHours);
  const closed = placement.on.findIndex((on, i) => on === 1 && check.open[i] !== 1);
  if (closed >= 0)
    say(
      'outside-opening-hours',
      closed,
      text('提示排在开放时间之外', 'the prompt plays outside opening hours'),
      text('请移到开放时间内', 'move it into opening hours'),
    );
  const quiet = placement.on.findIndex((on, i) => on === 1 && check.open[i] === 1 && mayPlay[i] !== 1);
  if (quiet >= 0)
    say(
      'never-in-quiet-hours',
      quiet,
      text('提示排在静默时段内', 'the prompt plays in quiet hours'),
      text('请避开静默时段，或修改静默时段', 'keep it out of quiet hours, or change them'),
    );
  const lost = placement.on.findIndex(
    (on, i) => on === 1 && placement.response.offPeakShare > 0 && (placement.offPeakTarget[i] ?? -1) <= i,
  );
  if (lost >= 0)
    say(
      'off-peak-hour-missing',
      lost,
      text('错峰提示没有写明之后的时段', 'an off-peak prompt names no later hour to call'),
      text('请为它指定同日较空闲的时段', 'give it a quieter interval later that day'),
    );
};

const checkLengths = (check: PlacementCheck, placement: PromptPlacement, day: Int32Array, say: Say): void => {
  const { intervalMinutes } = check.horizon;
  const { minimumOnMinutes, maximumOnMinutesPerDay } = check.rules;
  const { on } = placement;
  for (let i = 0; i < on.length; i += 1) {
    if (on[i] !== 1 || (i > 0 && on[i - 1] === 1)) continue;
    let to = i;
    while (on[to] === 1) to += 1;
    if ((to - i) * intervalMinutes < minimumOnMinutes)
      say(
        'minimum-on-time',
        i,
        text(
          `提示只播放 ${(to - i) * intervalMinutes} 分钟，少于规定的 ${minimumOnMinutes} 分钟`,
          `the prompt plays for ${(to - i) * intervalMinutes} minutes, less than the minimum of ${minimumOnMinutes}`,
        ),
        text('请延长播放或取消', 'let it play longer, or take it away'),
      );
  }
  const minutes = new Map<number, number>();
  for (let i = 0; i < on.length; i += 1) {
    if (on[i] !== 1) continue;
    const d = day[i] ?? 0;
    const before = minutes.get(d) ?? 0;
    minutes.set(d, before + intervalMinutes);
    if (before <= maximumOnMinutesPerDay && before + intervalMinutes > maximumOnMinutesPerDay)
      say(
        'maximum-on-time-per-day',
        i,
        text(
          `当日播放超过 ${maximumOnMinutesPerDay} 分钟`,
          `the prompt plays for more than ${maximumOnMinutesPerDay} minutes that day`,
        ),
        text('请缩短当日播放', 'let it play less that day'),
      );
  }
};

/** Prompts drawn by hand that break a rule of the catalogue; empty when none does. */
export const checkPlacements = (check: PlacementCheck): Problem[] => {
  const { horizon } = check;
  const { day } = promptHours(horizon, check.open, check.rules.quietHours);
  const problems: Problem[] = [];
  const taken = new Map<string, Uint8Array>();
  for (const placement of check.placements) {
    const say: Say = (rule, interval, message, remedy) => {
      const at = wallClockOf(horizon.startMillis + interval * horizon.intervalMinutes * 60_000, horizon.zone);
      problems.push(
        problemAt(`${placement.prompt}.${placement.queue}`, rule, at.slice(0, 16), message, remedy),
      );
    };
    if (check.neverDivert.includes(placement.queue) && placement.on.includes(1))
      say(
        'never-divert-queue',
        placement.on.indexOf(1),
        text('该队列不允许分流', 'callers of this queue may never be diverted'),
        text('请改选其他队列', 'choose another queue'),
      );
    checkHours(check, placement, say);
    checkLengths(check, placement, day, say);
    const others = taken.get(placement.queue) ?? new Uint8Array(horizon.count);
    const clash = placement.on.findIndex((on, i) => on === 1 && others[i] === 1);
    if (clash >= 0)
      say(
        'one-prompt-at-a-time',
        clash,
        text('同一队列同一时段排了两条提示', 'two prompts play to one queue at the same time'),
        text('每个队列同时只播放一条', 'let one prompt play to a queue at a time'),
      );
    taken.set(
      placement.queue,
      others.map((o, i) => (o === 1 || placement.on[i] === 1 ? 1 : 0)),
    );
  }
  return problems;
};
