import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { startApi, type Api, type Reply } from '../support/harness.js';
import { expectRejected, seedForInput, type ExpectedProblem, type Files } from '../support/imports.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  await seedForInput(api);
});
afterAll(() => api.stop());

const refused = (files: Files, ...expected: ExpectedProblem[]): Promise<Reply> =>
  expectRejected(api, files, ...expected);

describe('What contradicts other records is refused with its place, and nothing is stored:', () => {
  test('an unknown code in a link', () =>
    refused(
      { 'links.csv': 'from_code,to_code\nINV-1,INI-99\n' },
      { table: 'links', row: 2, column: 'to_code', value: 'INI-99', code: 'reference.unknown', says: /no .*"INI-99"/ },
    ));

  test('a link from an investment to an outcome', () =>
    refused(
      { 'links.csv': 'from_code,to_code\nINV-1,OUT-1\n' },
      {
        table: 'links',
        row: 2,
        column: 'to_code',
        code: 'link.layers',
        says: /from investment "INV-1" to outcome "OUT-1"/,
      },
    ));

  test('allocations that add up to 100.01, with what is stored already', () =>
    refused(
      { 'links.csv': 'from_code,to_code,allocation\nINV-1,INI-2,40.01\n' },
      {
        table: 'links',
        row: 2,
        column: 'allocation',
        value: '40.01',
        code: 'share.allocation',
        says: /investment INV-1 add up to 100\.01 %: row 2, with 1 stored already/,
      },
    ));

  test('allocations of one file that add up to 100.01 name all their rows', () =>
    refused(
      { 'links.csv': 'from_code,to_code,allocation\nINV-2,INI-1,60\nINV-2,INI-2,40.01\n' },
      { table: 'links', row: 3, column: 'allocation', code: 'share.allocation', says: /rows 2, 3/ },
    ));

  test('contributions that add up to more than 100', () =>
    refused(
      { 'links.csv': 'from_code,to_code,contribution\nINV-1,INI-2,60\nINV-2,INI-2,60\n' },
      {
        table: 'links',
        row: 3,
        column: 'contribution',
        code: 'share.contribution',
        says: /initiative INI-2 add up to 120 %/,
      },
    ));

  test('a code that stands in two types', () =>
    refused(
      { 'links.csv': 'from_code,to_code\nBOTH,INI-1\n' },
      {
        table: 'links',
        row: 2,
        column: 'from_code',
        code: 'reference.ambiguous',
        says: /Initiative:BOTH or Investment:BOTH/,
      },
    ));

  test('an amount in a currency without a rate', () =>
    refused(
      { 'investment_costs.csv': 'investment_code,month,kind,planned\nINV-2,2026-01,opex,5\n' },
      {
        table: 'investment_costs',
        row: 2,
        column: 'month',
        value: '2026-01',
        code: 'rate.missing',
        says: /EUR.*2026-01/,
      },
    ));

  test('a unit that is its own parent', () =>
    refused(
      { 'capabilities.csv': 'code,name,parent_code\nCAP-1,One,cap-1\n' },
      { table: 'capabilities', row: 2, column: 'parent_code', code: 'reference.self', says: /above itself/ },
    ));

  test('parents that lead back to where they start', () =>
    refused(
      { 'capabilities.csv': 'code,name,parent_code\nCAP-1,One,CAP-3\nCAP-3,Three,CAP-2\n' },
      { table: 'capabilities', row: 2, column: 'parent_code', code: 'reference.cycle', says: /"CAP-1"/ },
      { table: 'capabilities', row: 3, column: 'parent_code', code: 'reference.cycle', says: /"CAP-3"/ },
    ));

  test('facts that run backwards, against what is stored too', () =>
    refused(
      { 'initiatives.csv': 'code,end_date\nINI-1,2025-12-31\n' },
      { table: 'initiatives', row: 2, column: 'end_date', code: 'order.backwards', says: /2025-12-31.*2026-01-01/ },
    ));

  test('a confirmation without a value, and one by the reporter', () =>
    refused(
      {
        'benefit_values.csv':
          'benefit_code,month,planned,realised,confirmed_by_email\nBEN-1,2026-01,5,,fin@example.org\nBEN-1,2026-02,5,5,Admin@tests.example\n',
      },
      {
        table: 'benefit_values',
        row: 2,
        column: 'confirmed_by_email',
        code: 'confirmation.without_value',
        says: /no realised value/,
      },
      {
        table: 'benefit_values',
        row: 3,
        column: 'confirmed_by_email',
        code: 'confirmation.own_value',
        says: /reported themselves/,
      },
    ));

  test('self references of initiatives and work items', () =>
    refused(
      {
        'initiatives.csv': 'code,duplicate_of_code\nINI-1,INI-1\n',
        'work_items.csv': 'code,depends_on\nW1,W2;W1\nW2,\n',
      },
      {
        table: 'initiatives',
        row: 2,
        column: 'duplicate_of_code',
        code: 'reference.self',
        says: /duplicate of itself/,
      },
      { table: 'work_items', row: 2, column: 'depends_on', code: 'reference.self', says: /depend on itself/ },
    ));
});

describe('All problems of a row are told at once:', () => {
  test('what a new record lacks, beside a cell that cannot be read', () =>
    refused(
      { 'investments.csv': 'code,name,status,start_month,end_month\nNEW,,nonsense,2026-05,2026-01\n' },
      { table: 'investments', row: 2, column: 'status', code: 'word.unknown', says: /none of/ },
      {
        table: 'investments',
        row: 2,
        column: 'end_month',
        value: '2026-01',
        code: 'order.backwards',
        says: /cannot end/,
      },
      { table: 'investments', row: 2, column: 'name', value: null, code: 'required', says: /needs a name/ },
    ));

  test('a confirmation without a value, beside a bad plan and an unknown benefit', () =>
    refused(
      {
        'benefit_values.csv':
          'benefit_code,month,planned,realised,confirmed_by_email\nBEN-1,2026-01,x,,fin@example.org\nBEN-1,2026-02,x,5,admin@tests.example\n',
      },
      { table: 'benefit_values', row: 2, column: 'planned', value: 'x', code: 'number.format', says: /not a number/ },
      {
        table: 'benefit_values',
        row: 2,
        column: 'confirmed_by_email',
        code: 'confirmation.without_value',
        says: /no realised value/,
      },
      { table: 'benefit_values', row: 3, column: 'planned', value: 'x', code: 'number.format', says: /not a number/ },
      {
        table: 'benefit_values',
        row: 3,
        column: 'confirmed_by_email',
        code: 'confirmation.own_value',
        says: /reported themselves/,
      },
    ));

  test('unknown codes beside a key that cannot be read', () =>
    refused(
      {
        'benefit_values.csv': 'benefit_code,month\nBEN-99,2026-13\n',
        'investments.csv': 'code,name,org_unit_code\n,Nameless,OU-99\n',
      },
      { table: 'investments', row: 2, column: 'code', value: null, code: 'required', says: /is blank/ },
      { table: 'investments', row: 2, column: 'org_unit_code', code: 'reference.unknown', says: /OU-99/ },
      { table: 'benefit_values', row: 2, column: 'month', code: 'month.range', says: /no month 13/ },
      { table: 'benefit_values', row: 2, column: 'benefit_code', code: 'reference.unknown', says: /BEN-99/ },
    ));

  test('but nothing that only follows from a cell that cannot be read', async () => {
    await refused(
      {
        'benefit_values.csv':
          'benefit_code,month,realised,confirmed_by_email\nBEN-1,2026-01,x,fin@example.org\nBEN-1,2026-02,5,nobody\n',
        'initiatives.csv': 'code,name,start_date,end_date\nINI-1,,soon,2025-01-01\nINI-9,(clear),,\n',
        'links.csv': 'from_code,to_code,allocation\nINV-1,INI-1,x\nINV-1,INI-2,50\n',
        'capabilities.csv': 'code,name,parent_code\nCAP-1,,CAP-2\nCAP-2,,CAP-99\n',
        'investments.csv': 'code,currency\nINV-2,EURO\n',
        'investment_costs.csv': 'investment_code,month,kind,planned\nINV-2,2026-01,opex,5\n',
      },
      { table: 'investments', row: 2, column: 'currency', code: 'currency.format', says: /ISO 4217/ },
      { table: 'initiatives', row: 2, column: 'start_date', code: 'date.format', says: /date/ },
      { table: 'initiatives', row: 3, column: 'name', code: 'required', says: /cannot be emptied/ },
      { table: 'capabilities', row: 3, column: 'parent_code', code: 'reference.unknown', says: /CAP-99/ },
      { table: 'benefit_values', row: 2, column: 'realised', code: 'number.format', says: /not a number/ },
      { table: 'benefit_values', row: 3, column: 'confirmed_by_email', code: 'email.format', says: /e-mail/ },
      { table: 'links', row: 2, column: 'allocation', code: 'number.format', says: /not a number/ },
    );
  });
});
