import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { root } from './manifest';

interface Call {
  place: string;
  /** Undefined when the text is made up at run time. */
  text: string | undefined;
  values: number;
}

const calls = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .sort()
  .flatMap((file) => callsIn(path.join('src', file)));

/** Every `l10n.t(…)` of a file. */
function callsIn(file: string): Call[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(path.join(root, file), 'utf8'),
    ts.ScriptTarget.Latest,
  );
  const found: Call[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText(source) === 'l10n.t') {
      const [text, ...values] = node.arguments;
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      found.push({
        place: `${file}:${line + 1}`,
        text: text && ts.isStringLiteral(text) ? text.text : undefined,
        values: values.length,
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe('texts for the user', () => {
  it('are literals, so that they can be translated', () => {
    expect(calls.length).toBeGreaterThan(100);
    expect(calls.filter(({ text }) => text === undefined)).toEqual([]);
  });

  it('use each value they are given, and no other', () => {
    for (const { place, text = '', values } of calls) {
      const used = new Set([...text.matchAll(/\{(\d+)\}/g)].map(([, index]) => Number(index)));
      expect({ place, used: [...used].sort() }).toEqual({ place, used: [...Array(values).keys()] });
    }
  });

  it('do not beg, shout or boast', () => {
    for (const { text } of calls) expect(text).not.toMatch(/\bplease\b|!|successfully|unknown error/i);
  });

  it('stand in the bundle that translations start from (`npx vitest -u` writes it)', async () => {
    const texts = [...new Set(calls.flatMap(({ text }) => text ?? []))].sort();
    const bundle = Object.fromEntries(texts.map((text) => [text, text]));
    await expect(`${JSON.stringify(bundle, null, 2)}\n`).toMatchFileSnapshot(
      path.join(root, 'l10n/bundle.l10n.json'),
    );
  });
});

const languages = readdirSync(path.join(root, 'l10n')).flatMap(
  (file) => /^bundle\.l10n\.([\w-]+)\.json$/.exec(file)?.[1] ?? [],
);

describe.each(languages)('the language %s', (language) => {
  it('has every text of the code, with the same values in it', () => {
    expectSameMarks(
      textsOf('l10n/bundle.l10n.json'),
      textsOf(`l10n/bundle.l10n.${language}.json`),
      /\{\d+\}/g,
    );
  });

  it('has every text of the manifest, with the same links and code in it', () => {
    expectSameMarks(
      textsOf('package.nls.json'),
      textsOf(`package.nls.${language}.json`),
      /\(command:[\w.]+\)|`[^`]+`/g,
    );
  });
});

it('there is a language beside English', () => {
  expect(languages).toContain('de');
});

function textsOf(file: string): Record<string, string> {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Record<string, string>;
}

function expectSameMarks(
  english: Record<string, string>,
  translated: Record<string, string>,
  marks: RegExp,
): void {
  expect(Object.keys(translated).sort()).toEqual(Object.keys(english).sort());
  for (const [key, text] of Object.entries(english)) {
    const of = (words: string): string[] => [...words.matchAll(marks)].map(([mark]) => mark).sort();
    expect({ key, marks: of(translated[key] ?? '') }).toEqual({ key, marks: of(text) });
    expect(translated[key]).not.toBe('');
  }
}
