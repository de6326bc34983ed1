import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from '@jest/globals';

/** Which top folder of the server a file may import from besides its own: the floors of docs/architecture.md. */
const GROUND = ['contract', 'core'];
const BESIDE = ['access', 'audit', 'http', 'database'];
const CONCEPTS = [
  ...['records', 'chain', 'benefits', 'case', 'entry', 'evidence', 'scenarios', 'reminders'],
  ...['metrics', 'signs', 'decisions', 'flow', 'capabilities', 'services', 'efficiency', 'surveys', 'indicators'],
];
const UPPER = ['trace', 'imports'];

const MAY_IMPORT: Record<string, readonly string[]> = {
  contract: [],
  core: ['contract'],
  ...Object.fromEntries(BESIDE.map((floor) => [floor, [...GROUND, ...BESIDE, '.']])),
  ...Object.fromEntries(CONCEPTS.map((floor) => [floor, [...GROUND, ...BESIDE, ...CONCEPTS]])),
  // Reminders and invitations to surveys leave the product: they need its public address and its mail server.
  reminders: [...GROUND, ...BESIDE, ...CONCEPTS, '.'],
  surveys: [...GROUND, ...BESIDE, ...CONCEPTS, '.'],
  ...Object.fromEntries(UPPER.map((floor) => [floor, [...GROUND, ...BESIDE, ...CONCEPTS]])),
  // The search reads codes and names; it needs no concept.
  search: [...GROUND, ...BESIDE],
  // Saved views are addresses: they need no concept.
  views: [...GROUND, ...BESIDE],
  // The overview shows traced figures.
  overview: [...GROUND, ...BESIDE, ...CONCEPTS, 'trace'],
  // A review is what overview, metrics and traces said on a day; its workbook is written as exports are.
  reviews: [...GROUND, ...BESIDE, ...CONCEPTS, 'trace', 'overview', 'imports', '.'],
  example: [...GROUND, ...BESIDE, ...CONCEPTS, 'imports', '.'],
};

/** Source files below a folder, by their path from the root of the tree. */
const filesOf = (...folders: string[]): string[] =>
  folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
const sourcesOf = (...folders: string[]): string[] =>
  filesOf(...folders).filter((path) => /\.(ts|tsx|mjs)$/.test(path));

const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map((match) =>
    relative('server', join(dirname(file), match[1]!)),
  );

const floorOf = (path: string): string => (path.includes('/') ? path.split('/')[0]! : '.');

test('imports of the server point down', () => {
  const files = sourcesOf('server').filter((file) => !file.endsWith('.spec.ts'));
  expect(files.length).toBeGreaterThan(80);
  const upward = files.flatMap((file) => {
    const own = floorOf(relative('server', file));
    const allowed = MAY_IMPORT[own];
    if (!allowed) return [];
    return importsOf(file)
      .filter((target) => !target.startsWith('..'))
      .filter((target) => floorOf(target) !== own && !allowed.includes(floorOf(target)))
      .map((target) => `${file} imports ${target}`);
  });
  expect(upward).toEqual([]);
});

test('each folder of the server has its floor, and stands in docs/architecture.md', () => {
  const folders = readdirSync('server', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const floors = readFileSync('docs/architecture.md', 'utf8')
    .split('\n\n')
    .find((text) => text.startsWith('**Floors.**'))!;
  expect(
    folders.map(({ name }) => name).filter((name) => !MAY_IMPORT[name] || !floors.includes(`\`${name}\``)),
  ).toEqual([]);
});

test('a concept knows another by its service and module only', () => {
  const inside = sourcesOf('server')
    .filter((file) => CONCEPTS.includes(floorOf(relative('server', file))) && !file.endsWith('.spec.ts'))
    .flatMap((file) => {
      const own = floorOf(relative('server', file));
      return importsOf(file)
        .filter(
          (target) =>
            CONCEPTS.includes(floorOf(target)) && floorOf(target) !== own && !/\.(service|module)\.js$/.test(target),
        )
        .map((target) => `${file} imports ${target}`);
    });
  expect(inside).toEqual([]);
});

test('the client stands on the contract alone', () => {
  const foreign = sourcesOf('client').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/from\s*'([^']*server\/[^']+)'/g)]
      .filter((match) => !/server\/contract\/[\w-]+\.[jt]s$/.test(match[1]!))
      .map((match) => `${file} imports ${match[1]}`),
  );
  expect(foreign).toEqual([]);
});

const LINT = `
  const { ESLint } = await import('eslint');
  const linter = new ESLint();
  const said = [];
  for (const [filePath, text] of JSON.parse(process.argv[1])) {
    const [found] = await linter.lintText(text, { filePath });
    said.push(found.messages.map(({ ruleId, message }) => ruleId ?? message));
  }
  console.log(JSON.stringify(said));`;

/** What ESLint says to texts that stand in files of the tree: for each the rules that it breaks. */
const brokenRules = (texts: readonly (readonly [file: string, text: string])[]): string[][] =>
  JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', LINT, JSON.stringify(texts)], {
      encoding: 'utf8',
      // Where CI is set, typescript-eslint parses the files as they lie on the disk, once, and not these texts.
      env: { ...process.env, TSESTREE_SINGLE_RUN: 'false' },
    }),
  ) as string[][];

test('charts come into the client through client/charts only, however they are imported', () => {
  const [feature, lib, home] = [
    'client/features/overview/profile.tsx',
    'client/lib/period.ts',
    'client/charts/bars.tsx',
  ];
  const stated = "export { Bar } from 'recharts';\n";
  const later = [
    "export const load = () => import('recharts');\n",
    "export const load = () => import('recharts/es6/index.js');\n",
    'export const load = () => import(`recharts`);\n',
    "const name = 'recharts';\nexport const load = () => import(name);\n",
  ];
  const said = brokenRules([
    ...[feature, lib].flatMap((file) => [stated, ...later].map((text) => [file, text] as const)),
    [home, stated],
    [home, later[0]!],
    [feature, "export const load = () => import('../../charts/bars');\n"],
  ]);
  const refused = [['no-restricted-imports'], ...later.map(() => ['no-restricted-syntax'])];
  expect(said).toEqual([...refused, ...refused, [], [], []]);
}, 60_000);

/** Where a file asks for a package at run time: by import, by a call, or for a file of it. */
const PACKAGE =
  /(?:^|\n)\s*(?:import|export)\s(?!type\b)[^'";=`]*?from\s*'([^'.][^']*)'|(?:^|\n)import\s*'([^'.][^']*)'|(?:import|resolve|createRequire\(import\.meta\.url\))\(\s*'([^'.][^']*)'\)/g;

test('what runs without the packages for development asks for none of them: the image has only the others', () => {
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
    string,
    Record<string, string>
  >;
  const there = new Set(Object.keys({ ...dependencies, ...optionalDependencies }));
  const files = sourcesOf('server', 'migrations').filter((file) => !file.endsWith('.spec.ts'));
  const asked = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(PACKAGE)]
      .map(([, from, bare, called]) => (from ?? bare ?? called)!)
      .filter((name) => !name.startsWith('node:'))
      .map((name) => ({
        file,
        name: name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      })),
  );
  const packs = ['pdfmake', 'pptxgenjs', '@resvg/resvg-js', 'write-excel-file', 'yauzl', 'yazl', 'react-dom'];
  expect(packs.filter((name) => !asked.some((each) => each.name === name))).toEqual([]);
  expect(asked.filter(({ name }) => !there.has(name))).toEqual([]);
});

test('no file of the code passes 300 lines', () => {
  const styles = filesOf('client').filter((path) => path.endsWith('.css'));
  const long = [...sourcesOf('server', 'client', 'tests', 'scripts'), ...styles]
    .map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n').length }))
    // The declarations of all record types stand together on purpose: one place to read what the product records.
    .filter(({ file, lines }) => lines > 300 && file !== 'server/contract/records.ts');
  expect(long).toEqual([]);
});
