/**
 * Can one request, from a stranger or from somebody who is signed in, hold up or end the server?
 *
 *   node bench/fuzz-doors.ts [--tries 10000] [--minutes 0] [--seed 1] [--only TRY]
 *
 * So many requests before anybody is signed in and so many after, one after the other over every route of the table of
 * endpoints and beside it, in shapes made to be large, deep, wide, slow and many. A fault is: a 5xx; a page of HTML; a
 * refusal of more than 64 kB and twice the request; more than a second of processor time; more than 900 MB, or memory
 * that grows. Exit code 1 where there is any; each is printed with who asked, its try and its shape, and
 * `--only "nobody, try 17"` shows one again.
 *
 * `--minutes 10`: both in turn for so long, over a made-up hotline; work that is accepted (every tenth request of who is signed in orders
 * some that is good) runs to its end, or is given up after two minutes and must end at once; `doctor` must find nothing
 * afterwards.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fuzzDoors } from '../tests/support/fuzz/fuzz-doors.ts';

const { values } = parseArgs({
  options: {
    tries: { type: 'string', default: '10000' },
    minutes: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});
const { asked, statuses, faults, largestRefusal, dearest, megabytes, ended } = await fuzzDoors({
  seed: Number(values.seed),
  triesEach: Number(values.tries),
  millis: 60_000 * Number(values.minutes),
  modelsFrom: fileURLToPath(new URL('../models', import.meta.url)),
  only: values.only,
  tell: (line) => console.log(line),
});
for (const fault of faults) console.log(fault);
const { early, late, most } = megabytes;
console.log(
  `seed ${values.seed}: ${asked} requests, ${faults.length} faults; ${JSON.stringify(statuses)}
largest refusal ${largestRefusal.value} bytes: ${largestRefusal.of}
dearest ${dearest.value} ms: ${dearest.of}
memory ${Math.round(early)} MB after a quarter of what was asked signed in, ${Math.round(late)} MB at the end, ${Math.round(most)} MB at most${Object.keys(ended).length === 0 ? '' : `\nwork: ${JSON.stringify(ended)}`}`,
);
process.exitCode = faults.length > 0 ? 1 : 0;
