import { text, type Text } from '../../kernel/text.ts';
import {
  bandChances,
  connectedNeededForHot,
  rateNeededForHot,
  type BandEdges,
} from '../../monitoring/bands.ts';
import type { BandStep, BandWish } from './band-ladder.ts';
import type { Rostered, RosteredStep } from '../diversion/rostered-step.ts';

/** What the search for a band found, to be told. */
export interface BandFinding<R extends Rostered> {
  readonly wish: BandWish;
  readonly testCalls: number;
  readonly edges: BandEdges;
  readonly chosen: RosteredStep<R>;
  /** Whether the chosen plan reaches the chance asked for; it is the dearest of the ladder where not. */
  readonly reached: boolean;
  readonly cheaper: RosteredStep<R> | undefined;
  /** The chosen step's plan by the people on the books, where they are too few; undefined where they suffice. */
  readonly people: RosteredStep<R> | undefined;
  /** Least requirements for warm or better and for hot at the same confidence, before shifts. */
  readonly warm: BandStep;
  readonly hot: BandStep;
  /** Least requirement whose true rate at test times lies in the hot band, before shifts. */
  readonly edge: BandStep;
}

const percent = (value: number): string => `${(100 * value).toFixed(1)}%`;

/** Chance and hours of the plan, the next cheaper one, one step up in band, the people short, and the part of luck. */
export const tellBand = <R extends Rostered>(finding: BandFinding<R>): Text[] => [
  outcome(finding),
  ...cheaperText(finding),
  ...peopleText(finding),
  stepUp(finding),
  ...(finding.wish.band === 'hot' ? luck(finding) : []),
];

const outcome = <R extends Rostered>({ wish, testCalls, chosen, reached }: BandFinding<R>): Text => {
  const name = wish.band === 'hot' ? text('「热线」档', 'hot') : text('「暖线」档及以上', 'warm or better');
  return reached
    ? text(
        `按 ${testCalls} 次拨测，以 ${percent(wish.confidence)} 的把握评为${name['zh-CN']}：每时段接通率目标 ${percent(chosen.step.rate)}；排班与提示之后把握为 ${percent(chosen.chance)}，排班 ${chosen.hours.toFixed(0)} 席时`,
        `With ${testCalls} test calls, ${percent(wish.confidence)} sure of ${name.en}: a connection target of ${percent(chosen.step.rate)} per interval; after shifts and prompts the chance is ${percent(chosen.chance)}, with ${chosen.hours.toFixed(0)} operator-hours scheduled`,
      )
    : text(
        `按 ${testCalls} 次拨测，增加座席也只能有 ${percent(chosen.chance)} 的把握评为${name['zh-CN']}，达不到 ${percent(wish.confidence)}：其余靠运气`,
        `With ${testCalls} test calls, more operators give no more than ${percent(chosen.chance)} of ${name.en}, short of ${percent(wish.confidence)}: the rest is luck`,
      );
};

const cheaperText = <R extends Rostered>({ chosen, cheaper }: BandFinding<R>): Text[] => {
  if (cheaper === undefined) return [];
  const saved = chosen.hours - cheaper.hours;
  return [
    text(
      `低一级的目标 ${percent(cheaper.step.rate)} 排班 ${cheaper.hours.toFixed(0)} 席时（少 ${saved.toFixed(0)}），把握降到 ${percent(cheaper.chance)}`,
      `The next lower target, ${percent(cheaper.step.rate)}, takes ${cheaper.hours.toFixed(0)} operator-hours (${saved.toFixed(0)} fewer) and lowers the chance to ${percent(cheaper.chance)}`,
    ),
  ];
};

const peopleText = <R extends Rostered>({ people }: BandFinding<R>): Text[] => {
  if (people === undefined) return [];
  const open = people.rostered.openHours.toFixed(0);
  return [
    text(
      `名册上的座席排得出 ${people.hours.toFixed(0)} 席时，把握 ${percent(people.chance)}；按本计划的需求逐时段算，等级之间顶替后他们仍缺 ${open} 席时（别处多出的补不了这里的缺），须增员、加班或外包`,
      `The operators on the books give ${people.hours.toFixed(0)} operator-hours and a chance of ${percent(people.chance)}; of what this plan needs they leave ${open} operator-hours open after tiers stand in for one another, interval by interval (too many elsewhere fill none of it), to be hired, paid as overtime or bought in`,
    ),
  ];
};

/** The price of one step up in band, in hours of the bare requirement. */
const stepUp = <R extends Rostered>({ wish, warm, hot }: BandFinding<R>): Text => {
  const price = (hot.hours - warm.hours).toFixed(0);
  const same = percent(wish.confidence);
  return text(
    `升一档的价格：同样 ${same} 的把握，「暖线」需 ${warm.hours.toFixed(0)} 席时，「热线」需 ${hot.hours.toFixed(0)} 席时，相差 ${price} 席时（排班前）`,
    `The price of one step up in band: at the same ${same}, warm takes ${warm.hours.toFixed(0)} operator-hours and hot ${hot.hours.toFixed(0)}, ${price} more (before shifts)`,
  );
};

const luck = <R extends Rostered>({ wish, testCalls, edges, hot, edge }: BandFinding<R>): Text[] => {
  const needed = connectedNeededForHot(testCalls, edges);
  const rate = rateNeededForHot({ testCalls, chance: wish.confidence, bands: edges });
  const atEdge = bandChances(edges.hotFrom, testCalls, edges).hot;
  const cost = Math.max(0, hot.hours - edge.hours).toFixed(0);
  return [
    text(
      `「热线」须接通 ${testCalls} 次中的 ${needed} 次，这有一部分是运气：真实接通率恰为 ${percent(edges.hotFrom)} 的热线只有 ${percent(atEdge)} 的机会；要有 ${percent(wish.confidence)} 的把握，真实接通率须达 ${percent(rate)}。为压低这份运气，比真实接通率刚够 ${percent(edges.hotFrom)} 多用 ${cost} 席时（排班前）`,
      `Hot takes ${needed} of ${testCalls} test calls, and that is partly luck: a line that truly connects ${percent(edges.hotFrom)} of them has a chance of ${percent(atEdge)}; to be ${percent(wish.confidence)} sure the true rate must be ${percent(rate)}. Guarding against that luck takes ${cost} operator-hours more than a true rate of ${percent(edges.hotFrom)} does (before shifts)`,
    ),
  ];
};
