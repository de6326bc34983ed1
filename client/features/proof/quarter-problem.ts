import { period } from '../../../server/contract/primitives.js';
import type { FieldProblem, Typed } from './proof-form';

/** What is wrong with a quarter that was typed, by the server's own rule; that it is missing is told by the form. */
export const quarterProblem = (name: string, typed: Typed): FieldProblem[] => {
  const text = typed[name]?.trim() ?? '';
  const isRight = text === '' || period.safeParse(text).success;
  return isRight ? [] : [{ name, message: 'Write the quarter as 2026-Q3.' }];
};
