import type { PlanningFindings } from '../../planning/planning-findings.ts';
import type { Sentences } from '../sentences.ts';

/** What plans for a band have to say. */
export const bandSentences = {
  'chance-not-reached-by-operators': {
    'zh-CN': '没有工时数的一栏：增加座席也达不到这样的把握',
    en: 'No operator-hours: more operators do not reach that chance',
  },
  'operator-hours-need-a-plan': {
    'zh-CN': '要看需要多少工时，请先做一份计划，再加 --plan latest',
    en: 'For the operator-hours that this takes, make a plan and add --plan latest',
  },
  'band-target-chosen': {
    'zh-CN': ({ testCalls, confidence, band, rate, chance, hours }, { number, percent }) =>
      `按 ${testCalls} 次拨测，以 ${percent(confidence)} 的把握评为${band === 'hot' ? '“热线”档' : '“暖线”档及以上'}：每时段接通率目标 ${percent(rate)}；排班与提示之后把握为 ${percent(chance)}，排班 ${number(hours, 0)} 工时`,
    en: ({ testCalls, confidence, band, rate, chance, hours }, { number, percent }) =>
      `With ${testCalls} test calls, ${percent(confidence)} sure of ${band === 'hot' ? 'hot' : 'warm or better'}: a connection target of ${percent(rate)} per interval; after shifts and prompts the chance is ${percent(chance)}, with ${number(hours, 0)} operator-hours scheduled`,
  },
  'band-out-of-reach': {
    'zh-CN': ({ testCalls, chance, band, confidence }, { percent }) =>
      `按 ${testCalls} 次拨测，增加座席也只能有 ${percent(chance)} 的把握评为${band === 'hot' ? '“热线”档' : '“暖线”档及以上'}，达不到 ${percent(confidence)}：其余靠运气`,
    en: ({ testCalls, chance, band, confidence }, { percent }) =>
      `With ${testCalls} test calls, more operators give no more than ${percent(chance)} of ${band === 'hot' ? 'hot' : 'warm or better'}, short of ${percent(confidence)}: the rest is luck`,
  },
  'next-lower-target': {
    'zh-CN': ({ rate, hours, saved, chance }, { number, percent }) =>
      `低一级的目标 ${percent(rate)} 排班 ${number(hours, 0)} 工时（少 ${number(saved, 0)}），把握降到 ${percent(chance)}`,
    en: ({ rate, hours, saved, chance }, { number, percent }) =>
      `The next lower target, ${percent(rate)}, takes ${number(hours, 0)} operator-hours (${number(saved, 0)} fewer) and lowers the chance to ${percent(chance)}`,
  },
  'chance-with-operators-on-books': {
    'zh-CN': ({ hours, chance, openHours }, { number, percent }) =>
      `名册上的座席排得出 ${number(hours, 0)} 工时，把握 ${percent(chance)}；按本计划的需求逐时段算，等级之间顶替后他们仍缺 ${number(openHours, 0)} 工时（别处多出的补不了这里的缺），须增员、加班或外包`,
    en: ({ hours, chance, openHours }, { number, percent }) =>
      `The operators on the books give ${number(hours, 0)} operator-hours and a chance of ${percent(chance)}; of what this plan needs they leave ${number(openHours, 0)} operator-hours open after tiers stand in for one another, interval by interval (too many elsewhere fill none of it), to be hired, paid as overtime or bought in`,
  },
  'price-of-a-band': {
    'zh-CN': ({ confidence, warmHours, hotHours, price }, { number, percent }) =>
      `升一档的价格：同样 ${percent(confidence)} 的把握，“暖线”需 ${number(warmHours, 0)} 工时，“热线”需 ${number(hotHours, 0)} 工时，相差 ${number(price, 0)} 工时（排班前）`,
    en: ({ confidence, warmHours, hotHours, price }, { number, percent }) =>
      `The price of one step up in band: at the same ${percent(confidence)}, warm takes ${number(warmHours, 0)} operator-hours and hot ${number(hotHours, 0)}, ${number(price, 0)} more (before shifts)`,
  },
  'hot-partly-luck-at-edge': {
    'zh-CN': ({ testCalls, needed, hotFrom, chanceAtEdge, confidence, rate, cost }, { number, percent }) =>
      `“热线”须接通 ${testCalls} 次中的 ${needed} 次，这有一部分是运气：真实接通率恰为 ${percent(hotFrom)} 的热线只有 ${percent(chanceAtEdge)} 的机会；要有 ${percent(confidence)} 的把握，真实接通率须达 ${percent(rate)}。为压低这份运气，比真实接通率刚够 ${percent(hotFrom)} 多用 ${number(cost, 0)} 工时（排班前）`,
    en: ({ needed, testCalls, hotFrom, chanceAtEdge, confidence, rate, cost }, { number, percent }) =>
      `Hot takes ${needed} of ${testCalls} test calls, and that is partly luck: a line that truly connects ${percent(hotFrom)} of them has a chance of ${percent(chanceAtEdge)}; to be ${percent(confidence)} sure the true rate must be ${percent(rate)}. Guarding against that luck takes ${number(cost, 0)} operator-hours more than a true rate of ${percent(hotFrom)} does (before shifts)`,
  },
} satisfies Partial<Sentences<PlanningFindings>>;
