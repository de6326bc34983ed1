import { GAP_KINDS } from '../../../server/contract/chain.js';
import { CLASS_FILTERS, DUE_FILTERS, EVIDENCE_FILTERS } from '../../../server/contract/register.js';
import { BENEFIT_STATUSES } from '../../../server/contract/status.js';
import { readTexts, stringifySearch } from '../../lib/address';

/** What the address of the register of benefits says. The filters have the names that they have at the server. */

export const FILTERS = ['q', 'class', 'type', 'owner', 'status', 'declared', 'evidence', 'due', 'gap'] as const;
export type Filter = (typeof FILTERS)[number];
/** What a view of the page keeps. */
export const KEPT = [...FILTERS, 'sort', 'columns'] as const;
export type BenefitSearch = Partial<Record<(typeof KEPT)[number], string>>;

/** What the lines can be ordered by. */
export const SORTS = [
  'code',
  'name',
  'owner',
  'planned',
  'realised',
  'variance',
  'share',
  'approved',
  'expected',
  'status',
  'evidence',
  'due',
] as const;
export type Sort = (typeof SORTS)[number];

/** Columns that can be left out, in the order in which they stand. */
export const CHOSEN_COLUMNS = [
  'class',
  'owner',
  'outcome',
  'unit',
  'baseline',
  'planned',
  'realised',
  'variance',
  'share',
  'approved',
  'expected',
  'status',
  'evidence',
  'due',
  'gaps',
  'portfolio',
] as const;
export type ChosenColumn = (typeof CHOSEN_COLUMNS)[number];
/** The class stands over its lines; what does not fit beside these can be chosen. */
const STANDARD: readonly ChosenColumn[] = [
  ...(['owner', 'planned', 'realised', 'variance', 'share', 'approved'] as const),
  ...(['expected', 'status', 'evidence', 'due'] as const),
];

const VALUES: Partial<Record<Filter, readonly string[]>> = {
  class: CLASS_FILTERS,
  type: ['revenue', 'cost', 'risk', 'experience'],
  status: BENEFIT_STATUSES,
  declared: ['differs', 'better'],
  evidence: EVIDENCE_FILTERS,
  due: DUE_FILTERS,
  gap: GAP_KINDS,
};

/** What the address asks; what it does not know, a mangled link included, is as if it were not there. */
export function readBenefitSearch(search: Record<string, unknown>): BenefitSearch {
  const isKnown = (name: string, value: string): boolean => {
    if (name === 'sort') return (SORTS as readonly string[]).includes(value.replace(/^-/, ''));
    if (name === 'columns') return columnsIn(value).length > 0;
    return VALUES[name as Filter]?.includes(value) ?? value.length <= 200;
  };
  return Object.fromEntries(Object.entries(readTexts(search, KEPT)).filter(([name, value]) => isKnown(name, value)));
}

const columnsIn = (text: string): ChosenColumn[] => {
  const named = text.split(',');
  return CHOSEN_COLUMNS.filter((id) => named.includes(id));
};

/** The columns that are shown; what is filtered by gaps shows them. */
export function shownColumns({ columns, gap }: BenefitSearch): ChosenColumn[] {
  const chosen = columns === undefined ? STANDARD : columnsIn(columns);
  return CHOSEN_COLUMNS.filter((id) => chosen.includes(id) || (id === 'gaps' && gap !== undefined));
}

/** As the address keeps a choice of columns; nothing where it is the usual one. */
export function columnsText(chosen: readonly string[]): string | undefined {
  const known = CHOSEN_COLUMNS.filter((id) => chosen.includes(id));
  return known.join() === CHOSEN_COLUMNS.filter((id) => STANDARD.includes(id)).join() ? undefined : known.join();
}

export const filtersOf = (search: BenefitSearch): Partial<Record<Filter, string>> => readTexts(search, FILTERS);
export const isFiltered = (search: BenefitSearch): boolean => Object.keys(filtersOf(search)).length > 0;

/** What a view keeps of a search, as text; the same search is the same text. */
export const viewText = (search: BenefitSearch): string =>
  stringifySearch(readTexts(readBenefitSearch(search), KEPT)).replace(/^\?/, '');
