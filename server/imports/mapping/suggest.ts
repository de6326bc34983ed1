import type { FieldSource, ImportMapping, MappingTarget, SourceColumn, SourceSheet } from '../../contract/mapping.js';
import { hasMonthFields, measureOfField, monthFieldOf } from '../../contract/month-fields.js';
import { snake, type Declaration } from '../../contract/records.js';
import { importColumnsOf, type ImportColumn } from '../column-cells.js';
import { asksScale, mappedTables, scaleIn } from './check-mapping.js';
import { currencyOf, measureOf } from './header-words.js';
import { contentFit, valuesFor, type KnownCodes } from './suggest-content.js';
import { nameFit, wordsOf } from './synonyms.js';

type Confidence = SourceSheet['tables'][number]['confidence'];

interface Match {
  field: ImportColumn;
  column: SourceColumn;
  fit: number;
  why: string;
}

interface Candidate {
  declaration: Declaration;
  matches: Match[];
  months: SourceColumn[];
  hint: string | null;
  score: number;
  confidence: Confidence;
}

/** What a sheet is called, beside its columns: its own name, its file's, and the titles above the table. */
export interface SheetWords {
  sheet: string;
  file: string;
  titles: readonly string[];
}

/** Words that say what a sheet is about, by table. */
const HINTS: Readonly<Record<string, readonly string[]>> = {
  benefit_values: ['benefit', 'benefits', 'saving', 'savings', 'nutzen'],
  benefits: ['benefit', 'benefits', 'saving', 'savings', 'nutzen'],
  investment_costs: ['cost', 'costs', 'spend', 'capex', 'opex', 'kosten'],
  investments: ['investment', 'investments', 'project', 'projects', 'gmpp', 'programme'],
  initiatives: ['initiative', 'initiatives', 'project', 'projects'],
  decisions: ['decision', 'decisions', 'pep', 'peps', 'proposal'],
  outcomes: ['outcome', 'outcomes', 'kpi', 'kpis'],
  exchange_rates: ['rates', 'fx', 'currency'],
  corrective_actions: ['action', 'actions', 'measures'],
  services: ['service', 'services'],
};

/** Of two that fit equally well, the one that people more often bring. */
const USUAL = ['benefit_values', 'benefits', 'investments', 'investment_costs', 'initiatives', 'outcomes', 'decisions'];

/** Whether a header names another measure than the field holds: a forecast is no actual, whatever else the two share. */
const isOtherMeasure = (field: ImportColumn, column: SourceColumn): boolean => {
  const held = measureOfField(field.name);
  return held !== null && column.measure !== null && column.measure !== held;
};

const matchesOf = (declaration: Declaration, columns: readonly SourceColumn[], known: KnownCodes): Match[] => {
  const record = declaration.label.toLowerCase();
  const all: Match[] = [];
  for (const field of importColumnsOf(declaration)) {
    for (const column of columns) {
      if (isOtherMeasure(field, column)) continue;
      const byName = nameFit(column.header, field.name, record);
      const content = contentFit(field, declaration.type, column, known);
      const sure = byName.fit === 1 && content.fit === 0 ? 0.6 : 0;
      const fit = Math.max(content.compatible ? Math.max(byName.fit, content.fit) : 0, sure);
      if (fit < 0.3) continue;
      const why =
        content.fit >= Math.min(byName.fit, 0.9)
          ? content.why
          : byName.fit === 1
            ? 'same name'
            : `the name says "${byName.word}"`;
      all.push({ field, column, fit: field.isKey ? fit + 0.01 : fit, why });
    }
  }
  all.sort((a, b) => b.fit - a.fit || a.column.index - b.column.index);
  const fields = new Set<string>();
  const used = new Set<number>();
  return all.filter(({ field, column }) => {
    if (fields.has(field.name) || used.has(column.index)) return false;
    fields.add(field.name);
    used.add(column.index);
    return true;
  });
};

const candidate = (
  declaration: Declaration,
  columns: readonly SourceColumn[],
  words: SheetWords,
  known: KnownCodes,
): Candidate => {
  const months = columns.filter(({ month, kind }) => month !== null && kind !== 'date' && kind !== 'email');
  const hasMonths = declaration.key.includes('month') && hasMonthFields(declaration.table);
  const wide = hasMonths && months.length >= 2;
  const left = columns.filter((column) => column.kind !== 'empty' && !(months.length >= 2 && months.includes(column)));
  const matches = matchesOf(declaration, left, known).filter(({ field }) => !(wide && field.name === 'month'));
  const keys = declaration.key.map(snake).filter((key) => !(wide && key === 'month'));
  const missing = keys.filter((key) => !matches.some(({ field }) => field.name === key));
  const text = wordsOf([words.sheet, words.file, ...words.titles, ...columns.map(({ header }) => header)].join(' '));
  const hint = (HINTS[declaration.table] ?? []).find((word) => text.includes(word)) ?? null;
  let score = matches.reduce((sum, { fit, field }) => sum + fit * (field.isKey ? 2 : 1), 0);
  if (wide) score += 2.5;
  else if (months.length >= 2) score *= 0.5;
  if (hint !== null) score += 1;
  // A kind or a currency can be the same for all rows; without another key nothing can be imported.
  for (const key of missing) score *= key === 'kind' || key === 'currency' ? 0.8 : 0.25;
  const usual = USUAL.indexOf(declaration.table);
  if (usual !== -1) score += 0.1 - usual * 0.01;
  const sure = keys.every((key) => matches.some(({ field, fit }) => field.name === key && fit >= 0.9));
  const confidence: Confidence = missing.length > 0 ? 'guess' : sure ? 'certain' : 'likely';
  return { declaration, matches, months: wide ? months : [], hint, score, confidence };
};

const confidenceOf = (fit: number): Confidence => (fit >= 0.9 ? 'certain' : fit >= 0.6 ? 'likely' : 'guess');

const refOf = ({ index, header }: SourceColumn): { index: number; header: string } => ({ index, header });

const fieldOf = ({ field, column }: Match, known: KnownCodes): FieldSource => ({
  to: field.name,
  column: refOf(column),
  constant: null,
  format: {},
  ...(asksScale(field, column) ? {} : { multiplier: scaleIn(field, column) }),
  values: valuesFor(field, column, known),
  blanks: [],
  prefix: '',
});

const constantOf = (to: string, constant: string): FieldSource => ({
  to,
  column: null,
  constant,
  format: {},
  multiplier: '1',
  values: [],
  blanks: [],
  prefix: '',
});

const targetOf = (found: Candidate, columns: readonly SourceColumn[], known: KnownCodes): MappingTarget => {
  const { declaration, matches, months } = found;
  const fields = matches.map((match) => fieldOf(match, known));
  const currencies = new Set(columns.flatMap(({ header }) => currencyOf(header) ?? []));
  const takesCurrency = 'currency' in declaration.columns && !fields.some(({ to }) => to === 'currency');
  if (takesCurrency && currencies.size === 1) fields.push(constantOf('currency', [...currencies][0]!));
  const order = importColumnsOf(declaration).map(({ name }) => name);
  fields.sort((a, b) => order.indexOf(a.to) - order.indexOf(b.to));
  const scales = new Set(months.map(({ multiplier, scaleQuestion }) => (scaleQuestion === null ? multiplier : null)));
  const [scale] = scales;
  return {
    table: declaration.table,
    layout: months.length > 0 ? 'wide' : 'long',
    once: false,
    fields,
    wide:
      months.length === 0
        ? null
        : {
            months: months.flatMap((column) => {
              const to = monthFieldOf(declaration.table, column.measure);
              return to === null ? [] : [{ column: refOf(column), month: column.month!, to }];
            }),
            format: {},
            // Where they differ, each is read as its own header says, and those that say nothing are asked.
            ...(scales.size === 1 && scale ? { multiplier: scale } : {}),
            blanks: [],
          },
    onlyWhere: [],
    firstOf: null,
    lastOf: null,
  };
};

const whyTable = ({ matches, months, hint }: Candidate): string => {
  const codes = matches.find(({ why }) => why.startsWith('codes of'));
  if (codes) return `column ${codes.column.letter} holds ${codes.why}`;
  if (months.length > 0) return `${months.length} columns are months`;
  if (hint !== null) return `"${hint}" is named in it`;
  return matches.length === 1 ? 'one column fits' : `${matches.length} columns fit`;
};

/**
 * Which of our tables a sheet is, and which of its columns is what.
 * @param wanted the table that a person chose
 */
export const suggest = (
  columns: readonly SourceColumn[],
  words: SheetWords,
  headerRow: number,
  known: KnownCodes,
  wanted?: string,
): Pick<SourceSheet, 'tables' | 'suggestion'> => {
  const all = mappedTables()
    .map((declaration) => candidate(declaration, columns, words, known))
    .sort((a, b) => b.score - a.score);
  const tables = all
    .filter(({ score, matches }) => score >= 0.5 && matches.length > 0)
    .slice(0, 6)
    .map((found) => ({ table: found.declaration.table, confidence: found.confidence, why: whyTable(found) }));
  const chosen =
    wanted === undefined
      ? tables.length > 0
        ? all[0]
        : undefined
      : all.find(({ declaration }) => declaration.table === wanted);
  if (!chosen) return { tables, suggestion: null };
  const mapping: ImportMapping = {
    sheet: words.sheet,
    headerRow,
    targets: [targetOf(chosen, columns, known)],
  };
  const table = chosen.declaration.table;
  return {
    tables,
    suggestion: {
      mapping,
      columns: [
        ...chosen.matches.map(({ column, field, fit, why }) => ({
          column: column.index,
          table,
          field: field.name,
          confidence: confidenceOf(fit),
          why,
        })),
        ...(mapping.targets[0]!.wide?.months ?? []).map(({ column, month, to }) => ({
          column: column.index,
          table,
          field: to,
          confidence: measureOf(column.header) === null ? ('likely' as const) : ('certain' as const),
          why: `holds ${month}`,
        })),
      ],
    },
  };
};
