import { demoSettingsSchema } from '../demo/demo-settings.ts';
import { generateDemo, type DemoData } from '../demo/generate-demo.ts';
import type { Store } from './ports.ts';

/** Makes up the demo hotline from its settings (data/demo.json) and writes all of its records. Doing it again changes nothing. */
export const makeDemo = async (store: Store, settings: unknown): Promise<DemoData> => {
  const data = generateDemo(demoSettingsSchema.parse(settings));
  await store.writeTraffic(data.traffic);
  await store.writePresence(data.presence);
  await store.writeOperators(data.operators);
  await store.writeLeave(data.leave);
  await store.writeRosterRequests(data.requests);
  await store.writeChannels(data.channels);
  await store.writeChannelVolumes(data.channelVolumes);
  await store.writePromptsPlayed(data.promptsPlayed);
  await store.writeEvents(data.events);
  await store.monitoring.writeHotlines(data.hotlines);
  await store.monitoring.writeResults(data.results);
  await store.monitoring.writeTestCalls(data.testCalls);
  await store.markMadeUp();
  return data;
};
