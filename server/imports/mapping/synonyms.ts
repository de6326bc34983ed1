import { plainWord } from './month-names.js';

/** What people call our fields in their own spreadsheets. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  code: ['id', 'code', 'key', 'ref', 'reference', 'identifier', 'number', 'nr', 'no', 'kennung', 'nummer'],
  name: ['name', 'title', 'project', 'project name', 'programme', 'programme name', 'bezeichnung', 'titel'],
  title: ['title', 'name', 'subject', 'question', 'decision', 'summary', 'titel'],
  description: ['description', 'aims', 'details', 'summary', 'objective', 'beschreibung', 'notes'],
  portfolio_code: ['portfolio', 'portfolio code', 'portfolio id', 'programme', 'program'],
  org_unit_code: [
    'department',
    'business unit',
    'unit',
    'division',
    'directorate',
    'business area',
    'abteilung',
    'bereich',
  ],
  parent_code: ['parent', 'reports to', 'part of'],
  owner_email: ['owner', 'sro', 'responsible', 'accountable', 'lead', 'sponsor', 'manager', 'email', 'verantwortlich'],
  manager_email: ['manager', 'owner', 'email'],
  category: ['category', 'class', 'kategorie'],
  type: ['type', 'kind', 'class', 'typ', 'art'],
  kind: ['kind', 'type', 'cost type', 'art'],
  status: ['status', 'state', 'phase'],
  currency: ['currency', 'ccy', 'curr', 'waehrung', 'wahrung'],
  start_month: ['start', 'start date', 'start month', 'begin', 'from', 'beginn'],
  end_month: ['end', 'end date', 'end month', 'finish', 'completion', 'ende'],
  start_date: ['start', 'start date', 'begin', 'from', 'beginn'],
  planned_end_date: ['planned end', 'end date', 'target end', 'due', 'finish', 'end', 'ende'],
  end_date: ['actual end', 'completed', 'closed', 'end date'],
  month: ['month', 'period', 'date', 'monat', 'mois'],
  planned: ['planned', 'plan', 'baseline', 'budget', 'target', 'soll'],
  forecast: ['forecast', 'outlook', 'estimate', 'expected', 'prognose'],
  realised: ['realised', 'realized', 'actual', 'actuals', 'achieved', 'ist'],
  actual: ['actual', 'actuals', 'spend', 'spent', 'cost', 'costs', 'ist'],
  value: ['value', 'amount', 'actual', 'measurement', 'wert'],
  rate: ['rate', 'exchange rate', 'fx', 'fx rate', 'kurs'],
  measured_on: ['measured on', 'date', 'measured', 'as of', 'datum'],
  assessed_on: ['assessed on', 'date', 'assessed', 'as of'],
  as_of: ['as of', 'date'],
  approved_on: ['approved on', 'approved', 'approval date'],
  raised_at: ['raised', 'created', 'submitted', 'opened', 'requested', 'created on', 'created at'],
  decided_at: ['decided', 'decided on', 'resolved', 'decision date', 'resolution date', 'closed'],
  needed_by: ['needed by', 'due', 'deadline', 'due date', 'required by'],
  outcome: ['outcome', 'result', 'verdict', 'decision', 'resolution'],
  forum_code: ['forum', 'board', 'committee'],
  due_on: ['due', 'due date', 'deadline', 'due on'],
  done_on: ['done', 'done on', 'completed', 'closed'],
  unit: ['unit', 'uom', 'einheit', 'unit of measure'],
  baseline: ['baseline', 'start value', 'before'],
  target: ['target', 'goal', 'ziel'],
  target_date: ['target date', 'by when', 'due'],
  level: ['level', 'maturity', 'score'],
  evidence: ['evidence', 'source', 'proof', 'nachweis'],
  statement: ['assumption', 'statement', 'description'],
  effect: ['effect', 'expected effect'],
  invited: ['invited', 'recipients'],
  allocation: ['allocation', 'share', 'percent'],
  contribution: ['contribution'],
  rationale: ['rationale', 'reason', 'why', 'comment'],
};

/** Words of a name, plain and without brackets: `Project - Start Date (latest)` is `project start date`. */
export const wordsOf = (name: string): string[] =>
  plainWord(name.replace(/\([^)]*\)|\[[^\]]*\]/g, ' '))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .filter((word) => word !== '');

/** How well a header fits a field by its name: 1 the same name, 0.75 a usual word for it, 0.5 holds one; 0 not at all. */
export const nameFit = (header: string, field: string, record: string): { fit: number; word: string } => {
  const words = wordsOf(header);
  const whole = words.join(' ');
  if (whole === '') return { fit: 0, word: '' };
  const own = field.replaceAll('_', ' ');
  const bare = own.replace(/ (code|email)$/, '');
  if (whole === own || whole === `${record} ${own}`) return { fit: 1, word: own };
  if (field === 'code' && ['id', 'number', 'ref', 'key'].some((word) => whole === `${record} ${word}`))
    return { fit: 0.95, word: whole };
  if (bare !== own && (whole === bare || whole === `${bare} id`)) return { fit: 0.95, word: bare };
  const synonyms = SYNONYMS[field] ?? [];
  const same = synonyms.find((word) => word === whole || `${record} ${word}` === whole);
  if (same !== undefined) return { fit: 0.75, word: same };
  const held = synonyms
    .filter((word) => word.split(' ').every((part) => words.includes(part)))
    .sort((a, b) => b.length - a.length)[0];
  return held === undefined ? { fit: 0, word: '' } : { fit: held.includes(' ') ? 0.6 : 0.5, word: held };
};
