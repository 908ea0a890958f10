import { existsSync, readFileSync } from 'node:fs';
import { simulateReplication } from '../src/queueing/simulator/line-simulation.ts';
import { layOutModel } from '../src/queueing/simulator/line-spec.ts';
import { parseSimulationModel } from '../src/queueing/simulator/simulation-model.ts';

/**
 * Events per second of processor time on one thread: plain Erlang A, then redials, tiers and every scenario
 * of the reference where it is there. Run: node bench/simulator.ts [seconds per model]
 */
const plain = {
  intervals: 24,
  interval_s: 3600,
  classes: [{ rate_per_h: 2880, service: ['exp', 60], patience: ['exp', 120], route: { '0': [1, 0] } }],
  pools: [{ staff: 50, class_priority: [1] }],
};
const tiersAndRedials = {
  intervals: 24,
  interval_s: 3600,
  trunks: 80,
  classes: [
    {
      rate_per_h: 330,
      service: ['lognormal', 240, 1],
      patience: ['exp', 120],
      redial_abandon: [0.5, 300],
      redial_block: [0.8, 90],
      route: { '0': [1, 0], '1': [2, 30] },
    },
    {
      rate_per_h: 360,
      service: ['exp', 300],
      patience: ['exp', 180],
      redial_abandon: [0.5, 300],
      reconnect: [0.1, 1800],
      route: { '1': [1, 0] },
    },
  ],
  pools: [
    { staff: 20, class_priority: [1, 9] },
    { staff: 34, class_priority: [2, 1] },
  ],
};

const seconds = Number(process.argv[2] ?? 1);

const measure = (name: string, params: unknown): void => {
  const spec = layOutModel(parseSimulationModel(params));
  for (let replication = 0; replication < 3; replication += 1) simulateReplication(spec, 1, replication);
  const before = process.cpuUsage();
  let used = 0;
  let events = 0;
  for (let replication = 3; used < seconds; replication += 1) {
    events += simulateReplication(spec, 1, replication).events;
    used = process.cpuUsage(before).user / 1e6;
  }
  process.stdout.write(`${name.padEnd(28)} ${(events / used / 1e6).toFixed(2)} M events/s\n`);
};

measure('plain Erlang A', plain);
measure('redials and tiers', tiersAndRedials);

const kit = new URL('../../shared/reference/simulation/scenarios.json', import.meta.url);
if (existsSync(kit)) {
  const { scenarios } = JSON.parse(readFileSync(kit, 'utf8')) as {
    scenarios: { name: string; params: unknown }[];
  };
  for (const { name, params } of scenarios) measure(name, params);
}
