/**
 * Does any role, program or stranger get an error of the server's own, something that leaks, or more than the table of
 * rights gives, from requests drawn from the API's own description?
 *
 *   node bench/fuzz-roles.ts [--tries 10000] [--seed 1] [--only CALLER] [--stored]
 *
 * So many requests for each role, signed in or by a token of either scope, for somebody without a role and for nobody at
 * all; sound and damaged values mixed. A fault is: a 5xx, an answer that the table of rights does not give or a refusal
 * where it gives one, a hash, path or stack in an answer, another operator's name in an operator's. Exit code 1 where
 * there is any; each is printed, and the same seed draws the same requests. With --stored there is a published plan and
 * a roster, and half of the requests that name one name these.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fuzzRoles } from '../tests/support/fuzz/fuzz-roles.ts';

const { values } = parseArgs({
  options: {
    tries: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    stored: { type: 'boolean', default: false },
  },
});
const { asked, statuses, faults } = await fuzzRoles({
  seed: Number(values.seed),
  triesEach: Number(values.tries),
  modelsFrom: fileURLToPath(new URL('../models', import.meta.url)),
  only: values.only,
  stored: values.stored,
  tell: (line) => console.log(line),
});
for (const fault of faults) console.log(fault);
console.log(`seed ${values.seed}: ${asked} requests, ${faults.length} faults; ${JSON.stringify(statuses)}`);
process.exitCode = faults.length > 0 ? 1 : 0;
