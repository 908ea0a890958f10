/**
 * Do damaged and hostile files, requests and models leave readers and a running server standing?
 *
 *   node bench/fuzz.ts [--tries 20000] [--seconds 600] [--seed 1] [--only TRY]
 *
 * Generated files of every kind and form (CSV in every encoding, gzip, XLSX, XLSB, XLS, ODS, HTML, XML), sound ones edited
 * (bits turned over, numbers replaced by far ones, parts of a zip edited and packed again), go to the readers of the
 * command line and to a server in a process of its own; so do requests made of the API's own description and edited
 * models. Goes on until both tries and seconds have been reached. A fault is: an error that is not one of input, a 5xx,
 * an answer that is not as described or later than 10 s, more than 1 GB for the server and its readers, a refused file
 * that changed the workspace, a damaged database, an unfinished file. Each is printed with its seed and try; `--only`
 * shows one again. Exit code 1 where there is any. SIGINT and SIGTERM end it: what was seen so far is told, and the server
 * ends with it.
 */
import { parseArgs } from 'node:util';
import { runFuzz } from '../tests/support/fuzz/run-fuzz.ts';

const { values } = parseArgs({
  options: {
    tries: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '600' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
});
const stop = new AbortController();
let stoppedBy: 'SIGINT' | 'SIGTERM' | undefined;
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.once(name, () => {
    stoppedBy = name;
    stop.abort();
  });
const outcome = await runFuzz({
  seed: Number(values.seed),
  tries: Number(values.tries),
  millis: 1000 * Number(values.seconds),
  ...(values.only === undefined ? {} : { only: Number(values.only) }),
  tell: (line) => console.log(line),
  signal: stop.signal,
});
const { tries, byKind, faults, slowestMillis, mostMegabytes } = outcome;
console.log(
  `seed ${values.seed}: ${tries} tries (${Object.entries(byKind)
    .map(([kind, n]) => `${kind} ${n}`)
    .join(
      ', ',
    )}), ${faults.length} faults; slowest ${Math.round(slowestMillis)} ms; at most ${Math.round(mostMegabytes)} MB`,
);
if (stoppedBy !== undefined) console.log(`stopped by ${stoppedBy}`);
process.exitCode = faults.length > 0 || stoppedBy !== undefined ? 1 : 0;
