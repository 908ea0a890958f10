import type { TiersModel } from '../../contract/models/tiers-model.ts';
import type { ingestRecords } from '../../ingest/kinds/ingest-records.ts';
import type { Problem } from '../../kernel/errors.ts';
import type { OperatorRecord } from '../../kernel/records.ts';
import { planningFinding, type PlanningFinding, planningProblem } from '../planning-findings.ts';
import type { Models } from '../ports.ts';

type ToStore = Awaited<ReturnType<typeof ingestRecords>>['toStore'];

/**
 * Tiers of people by their name as by their key; who has none, or a grade that is none, is given that of their skills. What is
 * no tier and cannot be settled so is said, and who is left without: a roster can give such people nothing. So are skills that name no queue of the
 * user's own line, and that no tier and no rule asks for. People whom the staff list has so already (`standing`) are not told again.
 */
export const withTiers = (
  toStore: ToStore,
  { tiers: { tiers }, hotline, labourRules }: Models,
  stored: readonly { readonly queue: string }[],
  standing: readonly OperatorRecord[],
): { readonly toStore: ToStore; readonly problems: readonly Problem[] } => {
  const read = toStore
    .filter(({ kind }) => kind === 'operators')
    .flatMap(({ records }) => [...(records as Iterable<OperatorRecord>)]);
  const asked = [
    ...tiers.flatMap(({ requires }) => requires?.skills ?? []),
    ...(labourRules ?? []).flatMap(({ rules }) =>
      rules.flatMap((rule) => ('skill' in rule ? rule.skill : [])),
    ),
  ];
  // whose calls are still to come has the queues that its people are skilled in
  const isToCome = hotline.madeUp || stored.length === 0;
  const queuesHeld = isToCome
    ? read.flatMap((each) => each.skills.filter((skill) => !asked.includes(skill)))
    : stored.map(({ queue }) => queue);
  const bySkills = tierBySkills(withUnlisted(tiers, hotline, queuesHeld), new Set(queuesHeld));
  const tierOf = new Map(standing.map(({ operator, tier }) => [operator, tier]));
  const strange: string[] = [];
  let [taken, without] = [0, 0];
  const people = read.map(({ tier, ...rest }): OperatorRecord => {
    const said = tiers.find((each) => each.tier === tier || Object.values(each.name).includes(tier ?? ''));
    if (said !== undefined) return { ...rest, tier: said.tier };
    // one tier is everybody's
    if (tier === undefined && tiers.length === 1) return rest;
    const found = bySkills(rest.skills);
    if (found !== undefined) taken += Number(tierOf.get(rest.operator) !== found);
    else if (tier === undefined) without += 1;
    else strange.push(tier);
    return { ...rest, ...(found === undefined && tier === undefined ? {} : { tier: found ?? tier }) };
  });
  const skills = new Set([
    ...stored.map(({ queue }) => queue),
    ...hotline.queues.flatMap(({ queue, name }) => [queue, ...Object.values(name)]),
    ...asked,
  ]);
  const unknown = isToCome ? [] : people.flatMap((each) => each.skills.filter((skill) => !skills.has(skill)));
  const known = tiers.map(({ name }) => name);
  const unskilled = {
    said: [...new Set(unknown)],
    known: stored.map(({ queue }) => hotline.queues.find((own) => own.queue === queue)?.name ?? queue),
  };
  const strangers = { people: strange.length, said: [...new Set(strange)], known };
  return {
    toStore: toStore.map((part) => (part.kind === 'operators' ? { ...part, records: people } : part)),
    problems: [
      ...(strange.length === 0 ? [] : [planningProblem('tier', 'tiers-not-in-models', '', strangers)]),
      ...(without === 0
        ? []
        : [planningProblem('tier', 'people-without-tier', '', { people: without, known })]),
      ...(unknown.length === 0 ? [] : [planningProblem('skills', 'skills-name-no-queue', '', unskilled)]),
      ...(taken === 0 ? [] : [planningProblem('tier', 'tiers-from-skills', '', { people: taken })]),
    ].map(({ rule, values }) => ({
      rule,
      severity: rule === 'tiers-from-skills' ? 'notice' : 'warning',
      ...(values === undefined ? {} : { values }),
    })),
  };
};

/** People whom no tier has: the plan counts on others in their place. */
export const sayInNoTier = (
  operators: readonly OperatorRecord[],
  { tiers }: TiersModel,
): readonly PlanningFinding[] => {
  const left = operators.filter(({ tier }) =>
    tier === undefined ? tiers.length > 1 : tiers.every((own) => own.tier !== tier),
  );
  if (left.length === 0) return [];
  const known = tiers.map(({ name }) => name);
  return [planningFinding('people-in-no-tier', { people: left.length, of: operators.length, known })];
};

/** As plans have them: a queue that the settings do not name is the first tier's. */
const withUnlisted = (
  tiers: TiersModel['tiers'],
  { queues: listed }: Models['hotline'],
  queues: readonly string[],
): TiersModel['tiers'] => {
  const unlisted = [...new Set(queues)].filter((queue) => listed.every((own) => own.queue !== queue));
  const extra = unlisted.map((queue) => ({ queue, preference: 1, overflowDelaySeconds: 0 }));
  return tiers.map((tier, i) => (i === 0 ? { ...tier, queues: [...tier.queues, ...extra] } : tier));
};

/**
 * The one tier whose queues are exactly the skills that are queues: all that it answers, or all for which it is first choice;
 * else the one that is first choice for all of them. In plans each person answers every queue of their tier.
 * Queues that the line does not have do not count, and a tier that was first for those alone is nobody's by skills.
 */
const tierBySkills = (
  tiers: TiersModel['tiers'],
  present: ReadonlySet<string>,
): ((skills: readonly string[]) => string | undefined) => {
  const routes = tiers.flatMap(({ queues }) => queues);
  const sets = tiers.flatMap(({ tier, queues }) => {
    const first = queues.filter(({ queue, preference }) =>
      routes.every((other) => other.queue !== queue || other.preference >= preference),
    );
    const [own, all] = [first, queues].map((each) =>
      each.map(({ queue }) => queue).filter((queue) => present.has(queue)),
    );
    return first.length > 0 && own?.length === 0 ? [] : [{ tier, sets: [own ?? [], all ?? []] }];
  });
  const answered = new Set(routes.map(({ queue }) => queue));
  return (skills) => {
    const known = new Set(skills.filter((skill) => present.has(skill) && answered.has(skill)));
    const fit = sets.filter((each) =>
      each.sets.some(
        (set) => set.length > 0 && set.length === known.size && set.every((queue) => known.has(queue)),
      ),
    );
    if (fit.length > 0) return fit.length === 1 ? fit[0]?.tier : undefined;
    const part = sets.filter(({ sets: [first = []] }) => [...known].every((queue) => first.includes(queue)));
    return known.size > 0 && part.length === 1 ? part[0]?.tier : undefined;
  };
};
