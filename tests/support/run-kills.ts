import { runChild } from './kill-child.ts';
import type { Scene } from './scenes.ts';

export interface SceneCounts {
  readonly scene: string;
  readonly kills: number;
  /** How often the state was that before the command, or that after it. */
  readonly before: number;
  readonly after: number;
  /** Kills that came when the command had acknowledged its work already. */
  readonly acknowledged: number;
  readonly slowestRestartMillis: number;
}

export interface KillPlan {
  readonly kills: number;
  /** A number of 0 to 1, another one at every call. */
  readonly random: () => number;
  /** Once each scene had its turn, no further kill begins after this instant (performance.now). */
  readonly untilMillis: number;
}

/**
 * Kills each scene's command at random moments, in turn. Throws where a store is damaged afterwards, is neither as
 * before nor as after the command, or has lost what was acknowledged.
 */
export const runKills = async (
  scenes: readonly Scene[],
  { kills, random, untilMillis }: KillPlan,
): Promise<readonly SceneCounts[]> => {
  const asLaid = new Set<string>();
  const trials = scenes.map((scene) => createTrial(scene, random, asLaid));
  const inTime = (kill: number): boolean => kill < trials.length || performance.now() < untilMillis;
  for (let kill = 0; kill < kills && inTime(kill); kill += 1) await trials[kill % trials.length]?.killOnce();
  return trials.map(({ counts }) => counts());
};

const createTrial = (
  scene: Scene,
  random: () => number,
  /** Grounds that stand as they were laid: several scenes share one. */
  asLaid: Set<string>,
): { readonly killOnce: () => Promise<void>; readonly counts: () => SceneCounts } => {
  const seen = { kills: 0, before: 0, after: 0, acknowledged: 0, slowestRestartMillis: 0 };
  let states: { readonly before: string; readonly after: string; readonly millis: number } | undefined;
  const learn = async (): Promise<NonNullable<typeof states>> => {
    asLaid.delete(scene.ground);
    await scene.lay();
    const before = await scene.look();
    const whole = await runChild(scene.args);
    if (!whole.done) throw new Error(`${scene.name} fails by itself: ${whole.err.slice(0, 400)}`);
    const after = await scene.look();
    if (after === before && !scene.name.endsWith('restore'))
      throw new Error(`${scene.name} changes nothing: a kill would prove nothing`);
    return { before, after, millis: whole.millis };
  };
  const killOnce = async (): Promise<void> => {
    states ??= await learn();
    if (!asLaid.has(scene.ground)) await scene.lay();
    asLaid.delete(scene.ground);
    // A tenth beyond the command's time: some kills come right after it has acknowledged.
    const { done } = await runChild(scene.args, random() * states.millis * 1.1);
    const started = performance.now();
    const now = await scene.look();
    seen.slowestRestartMillis = Math.max(seen.slowestRestartMillis, performance.now() - started);
    if (now !== states.before && now !== states.after)
      throw new Error(`${scene.name}: neither before nor after\n${now}\n${states.before}\n${states.after}`);
    if (done && now !== states.after) throw new Error(`${scene.name}: acknowledged work is lost`);
    seen.kills += 1;
    seen.acknowledged += done ? 1 : 0;
    if (now === states.after) seen.after += 1;
    else seen.before += 1;
    if (now === states.before) asLaid.add(scene.ground);
  };
  return { killOnce, counts: () => ({ scene: scene.name, ...seen }) };
};

/** The counts as lines for people. */
export const tellKills = (counts: readonly SceneCounts[]): string => {
  const sum = (field: 'kills' | 'before' | 'after' | 'acknowledged'): number =>
    counts.reduce((total, count) => total + count[field], 0);
  const lines = counts.map(
    ({ scene, kills, before, after, acknowledged, slowestRestartMillis }) =>
      `${scene.padEnd(30)} ${kills} kills: ${before} as before, ${after} as after (${acknowledged} acknowledged); slowest restart and check ${slowestRestartMillis.toFixed(0)} ms`,
  );
  return [
    ...lines,
    `${sum('kills')} kills: ${sum('before')} as before, ${sum('after')} as after (${sum('acknowledged')} acknowledged), 0 damaged, 0 half done`,
  ].join('\n');
};
