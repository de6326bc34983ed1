import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { problem } from './primitives.js';
import { PROBLEM_TITLES } from './problem-types.js';

const KINDS = Object.keys(PROBLEM_TITLES).sort();

test('each kind of refusal stands once in docs/api.md', () => {
  const listed = [...readFileSync('docs/api.md', 'utf8').matchAll(/^\| `([a-z-]+)` \| \d{3} \|/gm)].map(
    ([, kind]) => kind,
  );
  expect(listed.sort()).toEqual(KINDS);
});

test('the described shape of a refusal names each kind', () => {
  const { description } = problem.shape.type.meta()!;
  expect([...description!.matchAll(/urn:problem:([a-z-]+)/g)].map(([, kind]) => kind).sort()).toEqual(KINDS);
});
