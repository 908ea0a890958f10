// Writes docs/*/reference/library-api.md: what the library's parts declare, as the compiler sees it. With --check it only says whether
// the page still does.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { run } from './run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

const heads = {
  en: `# What the library promises

Made by \`npm run library:api\` from the types; a test fails where this page and they differ. What stands here stays as it is between major versions (semantic versioning), and everything else under \`lib/\` may change.

**Breaking**, so in a major version only: an export, a field of an answer or a value of a list of names goes or is renamed; something taken becomes required, or its type or range narrower; something answered becomes optional or its type wider; a unit, a default, the meaning of a figure or the kind of error changes.

**Not breaking**, so in a minor version: a new part, export or endpoint; a new optional field of something taken; a new field of an answer; a wider range; figures that move within the exactness that a function states. Types of \`src/contract\` that \`huawu/client\` names are those of the OpenAPI document and follow the version in its path, \`/api/v1\`.

Before 1.0.0 a minor version may break, and its changelog entry says what.
`,
  zh: `# 库的承诺

本页由 \`npm run library:api\` 从类型生成；与类型不符时测试不通过。这里所列的在主版本号不变时保持不变（语义化版本），\`lib/\` 下的其余部分可能变动。

**破坏性改动**，只出现在主版本里：导出、回答的字段或取值表中的值被去掉或改名；请求中的某项变为必填，或类型、范围变窄；回答中的某项变为可缺，或类型变宽；单位、默认值、数字的含义或错误的种类改变。

**非破坏性改动**，出现在次版本里：新的部分、导出或接口；请求中新的可选字段；回答中新的字段；更宽的范围；在函数所写精度之内变动的数字。\`huawu/client\` 所指的 \`src/contract\` 类型即 OpenAPI 文档的类型，随其路径 \`/api/v1\` 的版本。

1.0.0 之前，次版本也可能有破坏性改动，更新日志会写明。
`,
};

const declared = (statement) => {
  const declaration = statement.declaration ?? statement;
  if (declaration.type === 'VariableDeclaration') return declaration.declarations.map(({ id }) => id.name);
  return declaration.id?.name === undefined ? [] : [declaration.id.name];
};

/** What a file of declarations declares, imports and hands on, by name. */
const readFile = (file) => {
  const text = readFileSync(file, 'utf8');
  const { program, comments } = parseSync(file, text);
  const plain = (from, to) =>
    comments
      .filter(({ start, end }) => start >= from && end <= to)
      .reduceRight(
        (said, { start, end }) => said.slice(0, start - from) + said.slice(end - from),
        text.slice(from, to),
      )
      .replaceAll(/^\s*\n/gm, '')
      .trim();
  const own = new Map();
  const elsewhere = new Map();
  const exported = [];
  for (const statement of program.body) {
    const { source, specifiers = [] } = statement;
    const from = source?.value.startsWith('.')
      ? resolve(dirname(file), source.value.replace(/\.[jt]s$/, '.d.ts'))
      : undefined;
    for (const each of specifiers) {
      const name = (each.exported ?? each.local).name;
      if (from !== undefined) elsewhere.set(name, [from, (each.imported ?? each.local).name]);
      if (statement.type === 'ExportNamedDeclaration') exported.push(name);
    }
    if (source) continue;
    for (const name of declared(statement)) {
      own.set(name, [...(own.get(name) ?? []), plain(statement.start, statement.end)]);
      if (statement.type === 'ExportNamedDeclaration') exported.push(name);
    }
  }
  return { own, elsewhere, exported };
};

/** Declarations that a part exports, and those that these name, in the order in which they are met. */
const partOf = (folder, part, files) => {
  const lines = [];
  const seen = new Set();
  const visit = (file, name) => {
    const key = `${file} ${name}`;
    if (seen.has(key)) return;
    seen.add(key);
    // documents are the OpenAPI document's, and so is all that the client asks
    if (relative(folder, file).startsWith(part === 'client' ? 'contract/' : 'contract/documents/')) return;
    if (!files.has(file)) files.set(file, readFile(file));
    const { own, elsewhere } = files.get(file);
    const there = elsewhere.get(name);
    if (there !== undefined) visit(...there);
    const texts = own.get(name) ?? [];
    lines.push(...texts);
    const words = texts
      .join(' ')
      .replaceAll(/'[^']*'/g, '')
      .match(/[A-Za-z_$][\w$]*/g);
    for (const word of new Set(words))
      if (word !== name && (own.has(word) || elsewhere.has(word))) visit(file, word);
  };
  const file = join(folder, 'library', `${part}.d.ts`);
  files.set(file, readFile(file));
  for (const name of files.get(file).exported) visit(file, name);
  return `## huawu/${part}\n\n\`\`\`ts\n${lines.join('\n')}\n\`\`\`\n`;
};

/** The parts of the page as the code asks for them. */
const apiReport = () => {
  const folder = mkdtempSync(join(tmpdir(), 'huawu-api-'));
  try {
    // The library and what it imports, not the whole source.
    const config = join(folder, 'tsconfig.json');
    const extended = join(root, 'scripts/tsconfig.package.json');
    const compilerOptions = { typeRoots: [join(root, 'node_modules/@types')] };
    const include = [join(root, 'src/library')];
    writeFileSync(config, JSON.stringify({ extends: extended, compilerOptions, include }));
    const emit = [
      '--emitDeclarationOnly',
      '--sourceMap',
      'false',
      '--inlineSources',
      'false',
      '--outDir',
      folder,
    ];
    run(root, process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', config, ...emit]);
    const parts = readdirSync(join(root, 'src/library'))
      .filter((name) => name.endsWith('.ts'))
      .map((name) => name.replace(/\.ts$/, ''))
      .sort();
    const files = new Map();
    return parts.map((part) => partOf(folder, part, files)).join('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const parts = apiReport();
for (const [folder, head] of Object.entries(heads)) {
  const page = join(root, 'docs', folder, 'reference/library-api.md');
  const wanted = `${head}\n${parts}`;
  if (!process.argv.includes('--check')) writeFileSync(page, wanted);
  else if (readFileSync(page, 'utf8') !== wanted) {
    process.stderr.write(
      `${page} differs from the types: npm run library:api, and a word in the changelog\n`,
    );
    process.exitCode = 1;
  }
}
