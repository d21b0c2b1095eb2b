import tseslint from 'typescript-eslint';

/** Rings point inward only: core (api, local) ← app ← ui. See ARCHITECTURE.md. */
const vscodeAtAll = { name: 'vscode', message: 'Ring 1 never imports vscode.' };
const vscodeValues = {
  name: 'vscode',
  allowTypeImports: true,
  message: 'Ring 2 knows the editor by its types only.',
};
const outer = (folders, message, except = []) => ({
  group: [...folders.flatMap((folder) => [`**/${folder}`, `**/${folder}/**`]), ...except],
  message,
});
const network = ['undici', 'http', 'https', 'net', 'node:http', 'node:https', 'node:net'].map((name) => ({
  name,
  message: 'Ring 3 makes no network calls.',
}));

const ring = (files, paths, patterns) => ({
  files,
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { paths, patterns }] },
});

export const ringRules = [
  ring(
    ['src/api/**/*.ts'],
    [vscodeAtAll],
    [outer(['local', 'app', 'ui', 'contributions'], 'src/api knows nothing outside itself.')],
  ),
  ring(
    ['src/local/**/*.ts'],
    [vscodeAtAll],
    [
      outer(['app', 'ui', 'contributions'], 'The local server knows nothing of the extension.'),
      {
        group: ['**/api/*', '!**/api/types', '!**/api/wire', '!**/api/secret'],
        message: 'The local server shares the wire shapes, not the client.',
      },
    ],
  ),
  ring(
    ['src/app/**/*.ts'],
    [vscodeValues],
    [outer(['ui', 'local'], 'Ring 2 never reaches out to the ui, nor into the server.', ['!**/api/local'])],
  ),
  ring(['src/ui/**/*.ts', 'src/extension.ts', 'src/window.ts', 'src/build-desk.ts'], network, [
    outer(['local'], 'The local server is another process: speak to it through api.'),
  ]),
];

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', 'test-results/', '.vscode-test/'] },
  ...tseslint.configs.recommended,
  {
    files: ['src/**/*.ts', 'test/**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-console': 'error',
      'max-lines': ['error', { max: 350 }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true } }],
    },
  },
  { files: ['src/extension.ts', 'src/window.ts'], rules: { 'max-lines': ['error', { max: 80 }] } },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', 'no-console': 'off' },
  },
  ...ringRules,
);

/**
 * What test/unit/rings.test.ts runs on made-up files: the rings, and nothing that needs a file on disk.
 * @type {import("eslint").Linter.Config[]}
 */
export const ringRulesAlone = [
  {
    files: ['**/*.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: { parser: tseslint.parser },
  },
  ...ringRules,
];
