/**
 * Loaded into a process before anything else (`--import`), in each of its threads: once the file `SET_BACK_WHEN`
 * is there its clock of dates is `SET_BACK_BY` milliseconds behind, as when somebody sets a machine's clock. What goes on evenly
 * (timers, `performance.now()`) is as it was: the system's own clock for it cannot be set either.
 */
import { existsSync } from 'node:fs';

const when = process.env['SET_BACK_WHEN'] ?? '';
const by = Number(process.env['SET_BACK_BY']);
const own = Date;
const now = (): number => own.now() - (existsSync(when) ? by : 0);

globalThis.Date = new Proxy(own, {
  construct: (target, given: unknown[], made) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, made) as Date,
  apply: () => new own(now()).toString(),
  get: (target, name, asked) => (name === 'now' ? now : (Reflect.get(target, name, asked) as unknown)),
});
