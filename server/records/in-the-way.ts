import { RECORDS, type AnyRecord, type Declaration } from '../contract/records.js';
import { Problem } from '../http/problem.js';
import type { dependentsOf } from './references.js';

/** Nobody moves an answer that was told. */
const STAY =
  'Answers to surveys stay with the unit that gave them: keep it, under another name or parent if need be, or revert the import that brought them. Archive or move all else first.';

/** The refusal to archive a record that others refer to, naming them. */
export const inTheWay = (
  declaration: Declaration,
  record: AnyRecord,
  dependents: Awaited<ReturnType<typeof dependentsOf>>,
): Problem => {
  const sentences = dependents.map(({ type, count, examples }) => {
    const table = RECORDS[type].table.replaceAll('_', ' ');
    const named = examples.length > 0 ? ` (${examples.join(', ')}${count > examples.length ? ', …' : ''})` : '';
    return { pointer: `/${type}`, code: 'archive.in_use', message: `${count} ${table}${named} refer to it.` };
  });
  const hasAnswers = dependents.some(({ type }) => type === 'survey_response');
  return new Problem(
    409,
    'conflict',
    `${declaration.label} ${String(record['code'] ?? record.id)} cannot be archived: ${sentences.map((s) => s.message).join(' ')} ${hasAnswers ? STAY : 'Archive or move them first.'}`,
    sentences,
  );
};
