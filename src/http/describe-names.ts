import type { NamesSeen } from '../contract/http/model-name.ts';
import type { Store } from '../planning/ports.ts';

const sorted = (names: Iterable<string | undefined>): string[] =>
  [...new Set(names)].filter((name) => name !== undefined).sort();

/** Names that the records use, each once. */
export const describeNames = async (store: Store): Promise<NamesSeen> => {
  const [presence, operators, played, channels, results, hotlines, spans] = await Promise.all([
    store.read('presence'),
    store.read('operators'),
    store.read('prompts'),
    store.read('channels'),
    store.monitoring.results(),
    store.read('hotlines'),
    store.monitoring.testCallSpans(),
  ]);
  return {
    tiers: sorted([...presence.map(({ tier }) => tier), ...operators.map(({ tier }) => tier)]),
    skills: sorted(operators.flatMap(({ skills }) => skills)),
    prompts: sorted(played.map(({ prompt }) => prompt)),
    channels: sorted(channels.map(({ channel }) => channel)),
    indicators: sorted(results.flatMap(({ indicators }) => Object.keys(indicators))),
    hotlines: sorted([...hotlines, ...spans, ...results].map(({ hotline }) => hotline)),
  };
};
