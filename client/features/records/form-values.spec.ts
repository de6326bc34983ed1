import { describe, expect, test } from '@jest/globals';
import { benefit, capability, changeSchema, createSchema, link, outcome } from '../../../server/contract/records.js';
import { changedFields, draftOf, readDraft, serverProblems, statedFields, valueOf, type Draft } from './form-values';

describe('A form', () => {
  test('shows stored values as one would type them, and reads back exactly what it showed', () => {
    const stored = { code: 'OUT-1', name: 'Fewer calls', baseline: '88.5000', target: '-66', better: null };
    const draft = draftOf(outcome, stored);
    expect(draft).toMatchObject({ code: 'OUT-1', baseline: '88.5000', target: '-66', better: '', ownerEmail: '' });
    const { body, problems } = readDraft(outcome, draft, statedFields(outcome, draft), createSchema(outcome));
    expect(problems).toEqual([]);
    expect(body).toEqual({ code: 'OUT-1', name: 'Fewer calls', baseline: '88.5000', target: '-66' });
  });

  test('names the type of what a link joins, so that a code in two types stays clear', () => {
    expect(draftOf(link, { fromCode: 'X', fromType: 'initiative', toCode: 'X', toType: 'capability' })).toMatchObject({
      fromCode: 'initiative:X',
      toCode: 'capability:X',
      allocation: '',
    });
  });

  test('tells everything that is wrong at once, in the order of the fields, each once', () => {
    const draft: Draft = { ...draftOf(benefit), ownerEmail: 'ada', baseline: 'NA', approvedOn: '2026-02-30' };
    const { problems } = readDraft(benefit, draft, statedFields(benefit, draft), createSchema(benefit));
    expect(problems).toEqual([
      { field: 'code', message: 'Code: This is missing. State it.' },
      { field: 'name', message: 'Name: This is missing. State it.' },
      { field: 'ownerEmail', message: 'Owner: Write only the e-mail address, such as ada@example.org.' },
      { field: 'baseline', message: 'Baseline: “NA” cannot be read as a number. Write it like 1,234.50.' },
      { field: 'approvedOn', message: 'Approved on: No such day in the calendar.' },
    ]);
  });

  test('sends of a record only what changed, and null for what was emptied', () => {
    const base = draftOf(capability, { code: 'CAP-1', name: 'Claims', ownerEmail: 'ada@example.org', strategic: true });
    const draft = { ...base, ownerEmail: '', strategic: 'no', targetMaturity: '3.5' };
    const changed = changedFields(draft, base);
    expect(readDraft(capability, draft, changed, changeSchema(capability))).toEqual({
      body: { ownerEmail: null, strategic: false, targetMaturity: '3.5' },
      problems: [],
    });
  });

  test('refuses a name that is emptied, and a value out of its bounds', () => {
    const base = draftOf(capability, { code: 'CAP-1', name: 'Claims' });
    const draft = { ...base, name: ' ', targetMaturity: '6' };
    expect(readDraft(capability, draft, changedFields(draft, base), changeSchema(capability)).problems).toEqual([
      { field: 'name', message: 'Name: This is missing. State it.' },
      { field: 'targetMaturity', message: 'Target maturity: Must be at most 5.' },
    ]);
  });

  test('reads percentages with or without their sign', () => {
    const { allocation } = link.columns;
    expect(valueOf(allocation, '33.33 %')).toEqual({ value: '33.33' });
    expect(valueOf(allocation, '')).toEqual({ value: null });
    expect(valueOf(allocation, 'half')).toEqual({
      problem: '“half” cannot be read as a number. Write it like 25.5.',
    });
  });

  test('puts what the server refuses to its field by the pointer, and the rest to the whole', () => {
    expect(serverProblems(benefit, 'Refused.', [])).toEqual([{ field: null, message: 'Refused.' }]);
    expect(
      serverProblems(benefit, 'Refused.', [
        { pointer: '/portfolioCode', message: 'There is no portfolio with the code X.' },
        { pointer: '/elsewhere/0', message: 'Something else.' },
      ]),
    ).toEqual([
      { field: 'portfolioCode', message: 'Portfolio: There is no portfolio with the code X.' },
      { field: null, message: 'Something else.' },
    ]);
  });
});
