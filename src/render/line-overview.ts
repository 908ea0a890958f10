import type { AccuracyDocument } from '../contract/documents/accuracy-document.ts';
import type { LineEntry, LineOverview } from '../contract/documents/line-overview.ts';
import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { PlanState } from '../contract/plan-states.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { answerFinding, type AnswerFinding } from './answer-findings.ts';
import { planDecisions } from './plan-decisions.ts';
import { missedTargetsOf, shortageOf } from '../contract/shortages.ts';

type Figures = Omit<LineOverview, 'name' | 'madeUp' | 'computedAt' | 'restsOn'>;
type Page = LineOverview['decisions'][number]['page'];

/** A line of which nothing is known. */
export const emptyOverview: Figures = {
  document: 'line-overview',
  lastDate: null,
  week: null,
  plan: null,
  risk: null,
  band: null,
  accuracy: null,
  decisions: [],
  problem: null,
};

/** Where what a plan asks to decide is decided; everything else on the plan's own page. */
const pageOf: Partial<Record<AnswerFinding['code'], Page>> = {
  'decide-bring-data': 'data',
  'decide-no-people': 'data',
  'decide-unusual': 'data',
  'decide-far-data': 'data',
  'decide-assumed-shape': 'settings',
  'decide-learnt-hours': 'settings',
  'decide-assumed-handle-time': 'settings',
  'decide-assumed-prices': 'settings',
  'decide-prompts': 'divert',
};

/** What people have to decide about a line: its data, its plan, and what that plan asks. */
const decisionsOf = (
  week: string | null,
  plan: { readonly document: PlanDocument; readonly state: PlanState } | null,
): AnswerFinding[] => {
  if (week === null) return [answerFinding('decide-bring-data')];
  if (plan === null) return [answerFinding('decide-make-plan', { week })];
  return [
    ...(plan.state === 'proposed' ? [answerFinding('decide-approve', { week })] : []),
    ...(plan.state === 'approved' ? [answerFinding('decide-publish', { week })] : []),
    // What is in force was decided.
    ...(plan.state === 'published' ? [] : planDecisions(plan.document)),
  ];
};

/** From how many open operator-hours a day is short: less is the dust of shrinkage. */
const shortDayHours = 0.5;

const riskOf = (plan: PlanDocument): LineOverview['risk'] => {
  const { openHours, dayOpenHours } = shortageOf(plan);
  const missed = missedTargetsOf(plan)?.days ?? [];
  const days = plan.days.filter(
    ({ date }, i) => (dayOpenHours[i] ?? 0) >= shortDayHours || missed.includes(date),
  );
  return { days: days.length, shortHours: openHours, connectionRate: plan.total.connectionRate };
};

const bandOf = ({ monitoring: { likeliestBand, bandChances } }: PlanDocument): LineOverview['band'] => ({
  band: likeliestBand,
  chance: bandChances[likeliestBand],
  hotChance: bandChances.hot,
});

/** A line at a glance, from how far its data reach, its plan, and how good its forecasts were. */
export const overviewOf = (
  {
    lastDate,
    week,
    plan,
  }: {
    readonly lastDate: string | null;
    readonly week: string | null;
    readonly plan: { readonly document: PlanDocument; readonly state: PlanState } | null;
  },
  accuracy: AccuracyDocument | undefined,
): Figures => {
  const weekAhead = accuracy?.leads.find(({ weeksAhead }) => weeksAhead === 1)?.all;
  return {
    document: 'line-overview',
    lastDate,
    week,
    plan: plan === null ? null : { id: plan.document.id, state: plan.state },
    risk: plan === null ? null : riskOf(plan.document),
    band: plan === null ? null : bandOf(plan.document),
    accuracy:
      accuracy === undefined || weekAhead === undefined
        ? null
        : { from: accuracy.from, to: accuracy.to, wape: weekAhead.wape, bias: weekAhead.bias },
    decisions: decisionsOf(week, plan).map((said) => ({ page: pageOf[said.code] ?? 'plan', said })),
    problem: null,
  };
};

/** Lines by what people look at first: what could not be worked out, then most days at risk, then most hours short. */
export const riskiestLines = (lines: readonly LineEntry[]): LineEntry[] => {
  const weight = ({ overview }: LineEntry): readonly number[] => [
    overview?.problem == null ? 0 : 1,
    overview?.risk?.days ?? -1,
    overview?.risk?.shortHours ?? -1,
  ];
  return lines.toSorted((one, other) => {
    const [a, b] = [weight(one), weight(other)];
    return a.map((value, i) => (b[i] ?? 0) - value).find((difference) => difference !== 0) ?? 0;
  });
};

/** The lines without a bureau's own workspace, where that only holds the others: it has no traffic. */
export const linesWithWork = (lines: readonly LineEntry[]): readonly LineEntry[] => {
  const work = lines.filter(
    ({ home, overview }) =>
      !home || overview === null || overview.problem !== null || overview.lastDate !== null,
  );
  return work.length === 0 ? lines : work;
};

/** What each line is called, with its folder where others are called the same. */
export const lineLabels = (
  lines: readonly Pick<LineEntry, 'line' | 'name'>[],
  language: Language,
): ReadonlyMap<string, string> => {
  const groups = Map.groupBy(lines, ({ name }) => inLanguage(name, language));
  return new Map(
    lines.map(({ line, name }) => {
      const called = inLanguage(name, language);
      return [line, (groups.get(called)?.length ?? 0) > 1 ? `${called} · ${line}` : called];
    }),
  );
};
