import { demoSettingsSchema } from '../demo/demo-settings.ts';
import { generateDemo, type DemoData } from '../demo/generate-demo.ts';
import type { Store } from './ports.ts';

/** Makes up the demo hotline from its settings (data/demo.json) and writes all of its records. Doing it again changes nothing. */
export const makeDemo = async (store: Store, settings: unknown): Promise<DemoData> => {
  const data = generateDemo(demoSettingsSchema.parse(settings));
  await store.write('traffic', data.traffic);
  await store.write('presence', data.presence);
  await store.write('operators', data.operators);
  await store.write('leave', data.leave);
  await store.write('requests', data.requests);
  await store.write('channels', data.channels);
  await store.write('channel-volumes', data.channelVolumes);
  await store.write('prompts', data.promptsPlayed);
  await store.write('events', data.events);
  await store.write('hotlines', data.hotlines);
  await store.write('results', data.results);
  await store.write('test-calls', data.testCalls);
  await store.markMadeUp();
  return data;
};
