import { createWriteStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { Zip, ZipDeflate } from 'fflate';

/** The same for every file, so that the same content makes the same bytes; npm packs with this date too. */
const packedAt = new Date(1985, 9, 26, 8, 15);
const unix = 3;
const regularFile = 0o100_000;

/** Writes a folder, under its name, into a zip that keeps which files may be run. */
export const writeZip = async (folder, zipFile) => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile())
    .sort();
  const out = createWriteStream(zipFile);
  let size = 0;
  const written = new Promise((resolve, reject) => {
    out.on('error', reject).on('finish', resolve);
  });
  const zip = new Zip((error, chunk, final) => {
    if (error) throw error;
    size += chunk.length;
    out.write(chunk);
    if (final) out.end();
  });
  for (const file of files) {
    const name = `${basename(folder)}/${relative(folder, file).replaceAll('\\', '/')}`;
    const entry = new ZipDeflate(name, { level: 6 });
    const canRun = (statSync(file).mode & 0o100) !== 0;
    entry.mtime = packedAt;
    entry.os = unix;
    entry.attrs = (regularFile | (canRun ? 0o755 : 0o644)) * 0x1_0000;
    zip.add(entry);
    entry.push(readFileSync(file), true);
  }
  zip.end();
  await written;
  return { megabytes: size / 1e6, files: files.length };
};
