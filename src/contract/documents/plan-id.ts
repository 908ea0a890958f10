/** Stands in the id of a plan for other targets than the line's own. */
const whatIfMark = '-what-if-';

/** Id of a plan: its week, whether it only asks what if, and a hash of everything it depends on. */
export const planId = (week: string, hash: string, whatIf: boolean): string =>
  `${week}${whatIf ? whatIfMark : '-'}${hash}`;

/** True for a plan that asks what other targets, or a band, would take. */
export const isWhatIf = (id: string): boolean => id.includes(whatIfMark);

/**
 * Plans from the last saved back, so that what comes first is the latest: of one week, those that only ask what if
 * come after those for the line's own targets. A week stands where its last saved plan puts it.
 */
export const latestFirst = <Plan extends { readonly id: string; readonly week: string }>(
  lastSavedFirst: readonly Plan[],
): readonly Plan[] =>
  [...Map.groupBy(lastSavedFirst, ({ week }) => week).values()].flatMap((plans) => [
    ...plans.filter(({ id }) => !isWhatIf(id)),
    ...plans.filter(({ id }) => isWhatIf(id)),
  ]);

/**
 * The week's own plan that was made before this one: a what-if is beside the week's plans, not one in their row. `plans`
 * are as the store lists them, the latest first.
 */
export const planBefore = (
  plans: readonly { readonly id: string; readonly week: string; readonly createdAt: string }[],
  id: string,
): string | undefined => {
  const own = plans.find((plan) => plan.id === id);
  if (own === undefined) return undefined;
  return plans
    .filter((plan) => plan.week === own.week && plan.createdAt < own.createdAt && !isWhatIf(plan.id))
    .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0]?.id;
};
