import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/**
 * The floors of the house: imports point down. Each entry says what files of a folder may not import.
 * The same table is read by `tests/database/floors.spec.ts`.
 */
const floor = (folder, patterns, message) => ({
  files: [`${folder}/**/*.ts`, `${folder}/**/*.tsx`],
  ignores: ['**/*.spec.ts', '**/*.spec.tsx'],
  rules: { 'no-restricted-imports': ['error', { patterns: patterns.map((regex) => ({ regex, message })) }] },
});

/** `no-restricted-imports` does not see `import('…')`. */
const IMPORTED_LATER = {
  selector: "ImportExpression[source.value=/^recharts/], ImportExpression[source.type!='Literal']",
  message: 'Charts are drawn in client/charts only, and what is imported is named by a plain text.',
};

const CONCEPTS = [
  ...['records', 'chain', 'benefits', 'case', 'entry', 'evidence', 'scenarios', 'reminders'],
  ...['metrics', 'signs', 'decisions', 'flow', 'capabilities', 'services', 'efficiency', 'surveys', 'indicators'],
];
const above = (...folders) => `^\\.\\./(\\.\\./)*(${folders.join('|')})/`;
/** Of another concept only its service and its module may be imported. */
const insidesOf = (own) =>
  `^\\.\\./(\\.\\./)*(${CONCEPTS.filter((concept) => concept !== own).join('|')})/(?!.*\\.(service|module)\\.js$)`;

export default tseslint.config(
  { ignores: ['dist', 'node_modules', '.data', '.tmp', 'coverage'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['server/**/*.ts', 'migrations/**/*.ts', 'tests/**/*.ts'],
    languageOptions: { parserOptions: { project: './tests/tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      // One forgotten await stops the product: an unhandled rejection ends the process.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/await-thenable': 'error',
    },
  },
  {
    files: ['client/**/*.ts', 'client/**/*.tsx'],
    ignores: ['client/vite.config.ts', '**/*.spec.ts', '**/*.spec.tsx'],
    plugins: { 'react-hooks': hooks },
    languageOptions: { parserOptions: { project: './client/tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...hooks.configs.recommended.rules,
      '@typescript-eslint/no-floating-promises': 'error',
    },
  },
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'off', // a type-only import of an injected class would remove its metadata
      'no-useless-assignment': 'off', // does not see uses inside decorators
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        globalThis: 'readonly',
        Buffer: 'readonly',
        fetch: 'readonly',
        AbortSignal: 'readonly',
      },
    },
  },
  floor('server/contract', ['^\\.\\./', '^(?!zod$|\\./)'], 'The contract knows zod and itself only.'),
  floor(
    'server/core',
    ['^(?!\\./|\\.\\./(\\.\\./)*contract/|\\.\\./[\\w-]+\\.js$)'],
    'The core is pure: it imports itself and words of the contract.',
  ),
  floor(
    'server/http',
    [above('records', 'chain', 'benefits', 'metrics', 'trace', 'overview', 'imports', 'reviews', 'example')],
    'Imports point down.',
  ),
  floor(
    'server/database',
    [
      above(
        'access',
        'audit',
        'records',
        'chain',
        'benefits',
        'metrics',
        'trace',
        'overview',
        'imports',
        'reviews',
        'example',
      ),
    ],
    'Imports point down.',
  ),
  floor(
    'server/access',
    [above('records', 'chain', 'benefits', 'metrics', 'trace', 'overview', 'imports', 'reviews', 'example')],
    'Imports point down.',
  ),
  floor(
    'server/audit',
    [above('records', 'chain', 'benefits', 'metrics', 'trace', 'overview', 'imports', 'reviews', 'example')],
    'Imports point down.',
  ),
  ...CONCEPTS.map((concept) =>
    floor(
      `server/${concept}`,
      [above('trace', 'overview', 'imports', 'reviews', 'example'), insidesOf(concept)],
      'Concepts know each other by their services only.',
    ),
  ),
  floor('server/trace', [above('overview', 'imports', 'reviews', 'example')], 'Imports point down.'),
  floor('server/imports', [above('trace', 'overview', 'reviews', 'example')], 'Imports point down.'),
  floor(
    'server/example',
    [above('trace', 'overview', 'reviews'), insidesOf('example')],
    'The example stands on concepts and imports.',
  ),
  floor(
    'server/search',
    [above('records', 'chain', 'benefits', 'metrics', 'trace', 'overview', 'imports', 'reviews', 'example')],
    'The search needs no concept: it reads codes and names.',
  ),
  floor('server/overview', [above('imports', 'reviews', 'example')], 'Imports point down.'),
  floor(
    'client',
    ['server/(?!contract/)', '^recharts'],
    'The client stands on the contract alone, and draws in client/charts only.',
  ),
  // After the rule for all of the client, which it replaces: here recharts is at home.
  floor('client/charts', ['server/(?!contract/)'], 'The client stands on the contract alone.'),
  {
    // Marks of data have one notation (client/charts/scenario.tsx); an icon is drawn in the colour of its text.
    files: ['client/**/*.ts', 'client/**/*.tsx'],
    ignores: ['client/charts/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        IMPORTED_LATER,
        {
          selector:
            'JSXOpeningElement[name.name=/^(rect|path|polygon)$/] > JSXAttribute[name.name=/^(fill|data-scenario)$/]:not([value.value=/^(none|currentColor)$/])',
          message: 'Marks are drawn with the components of client/charts.',
        },
      ],
    },
  },
  {
    files: ['client/charts/**/*.tsx'],
    ignores: ['client/charts/scenario.tsx'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "JSXAttribute[name.name='data-scenario']",
          message: 'A mark of a scenario is a ScenarioMark.',
        },
        {
          selector: "JSXAttribute[name.name='fill'][value.value!=/^(none|currentColor)$/]",
          message: 'Colours of marks come from the tokens, by class.',
        },
      ],
    },
  },
);
