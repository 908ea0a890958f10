import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../run.mjs';

/**
 * The unpacked package that carries Node for a platform: this machine's own as it is installed, another's taken from the
 * registry at the version of the lockfile and held against the lockfile's sum.
 */
export const fetchCarrier = (root, name) => {
  const installed = join(root, 'node_modules', name);
  if (existsSync(join(installed, 'package.json'))) return installed;
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const { version, integrity } = packages[`node_modules/${name}`];
  const kept = join(root, 'build', 'node', `${name}-${version}`);
  const mark = join(kept, '.whole');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === integrity) return join(kept, 'package');
  mkdirSync(kept, { recursive: true });
  const [{ filename }] = JSON.parse(
    run(root, 'npm', ['pack', `${name}@${version}`, '--json', '--pack-destination', kept]),
  );
  const [kind, wanted] = integrity.split('-', 2);
  const found = createHash(kind)
    .update(readFileSync(join(kept, filename)))
    .digest('base64');
  if (found !== wanted) throw new Error(`${filename}: ${found} instead of ${wanted}`);
  run(kept, 'tar', ['-xzf', filename]);
  writeFileSync(mark, integrity);
  return join(kept, 'package');
};
