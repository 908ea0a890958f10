import type { LineOverview } from '../contract/documents/line-overview.ts';
import type { AccuracyDocument } from '../contract/documents/accuracy-document.ts';
import { BadInputError } from '../kernel/errors.ts';
import type { Text } from '../kernel/text.ts';
import { inputsVersion, lookAtLine } from '../planning/look-at-line.ts';
import { measureAccuracy } from '../planning/measure-accuracy.ts';
import type { Ports, Store } from '../planning/ports.ts';
import { emptyOverview, overviewOf } from '../render/line-overview.ts';

/**
 * Works out a line at a glance and keeps it. What is wrong with the line's own data or models is part of the answer, so
 * that a list of many lines shows it in its place.
 */
export const overviewLine = async (ports: Ports): Promise<LineOverview> => {
  const { store, models, nowMillis } = ports;
  const stamp = {
    name: models.hotline.name,
    madeUp: models.hotline.madeUp,
    computedAt: new Date(nowMillis).toISOString(),
    restsOn: await inputsVersion({ store }),
  };
  const overview = await overviewOrProblem(ports, stamp);
  ports.finishing?.();
  await store.keepOverview(overview);
  return overview;
};

/** Keeps why a line cannot be worked out: its models cannot be read. */
export const keepUnreadable = async (
  store: Store,
  name: Text,
  { problems }: BadInputError,
  nowMillis: number,
): Promise<void> => {
  const [problem = null] = problems;
  const computedAt = new Date(nowMillis).toISOString();
  const restsOn = await inputsVersion({ store });
  await store.keepOverview({ ...emptyOverview, name, madeUp: false, computedAt, restsOn, problem });
};

const overviewOrProblem = async (
  ports: Ports,
  stamp: Pick<LineOverview, 'name' | 'madeUp' | 'computedAt' | 'restsOn'>,
): Promise<LineOverview> => {
  try {
    const looked = await lookAtLine(ports);
    return { ...stamp, ...overviewOf(looked, await accuracyOf(ports)) };
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error;
    return { ...stamp, ...emptyOverview, problem: error.problems[0] ?? null };
  }
};

/** Undefined where there is not enough history to score a week. */
const accuracyOf = async (ports: Ports): Promise<AccuracyDocument | undefined> => {
  try {
    return await measureAccuracy(ports, { seed: 1 });
  } catch (error) {
    if (error instanceof BadInputError) return undefined;
    throw error;
  }
};
