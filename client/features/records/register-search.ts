import { readTexts } from '../../lib/address';
import { gapKindsOf } from './gap-words';
import { declarationOf } from './words';
import type { RegisterType } from '../../lib/registers';
import type { PageScope } from '../../ui/page-scope';
import type { Query } from '../../lib/http';

/** What the address of a register says, and what of it the API filters by. */
export interface RegisterSearch {
  q?: string;
  sort?: string;
  gap?: string;
  status?: string;
  type?: string;
  owner?: string;
  category?: string;
  delivery?: string;
  strategic?: string;
  from?: string;
  to?: string;
}

export const FILTER_NAMES = [
  'q',
  'sort',
  'gap',
  'status',
  'type',
  'owner',
  'category',
  'delivery',
  'strategic',
  'from',
  'to',
] as const;

/** The filter `owner` is the field `ownerEmail`; the others have the name of their field. */
export const FIELDS: Partial<Record<keyof RegisterSearch, string>> = {
  status: 'status',
  type: 'type',
  owner: 'ownerEmail',
  category: 'category',
  delivery: 'delivery',
  strategic: 'strategic',
  from: 'fromCode',
  to: 'toCode',
};

/** Orders by what is computed. */
export const COMPUTED_FIELDS = ['spend'];

/** What the address asks of this register; what it does not know, a mangled link included, is as if it were not there. */
export function readRegisterSearch(type: RegisterType, search: Record<string, unknown>): RegisterSearch {
  const found = readTexts(search, FILTER_NAMES);
  const isKnown = (name: keyof RegisterSearch, value: string): boolean => {
    if (name === 'gap') return (gapKindsOf(type) as string[]).includes(value);
    if (name === 'sort') {
      const field = value.replace(/^-/, '');
      return isOwnField(type, field) || COMPUTED_FIELDS.includes(field);
    }
    const kind = declarationOf(type).columns[FIELDS[name] ?? '']?.type;
    if (kind?.kind === 'choice') return kind.values.includes(value);
    return kind?.kind !== 'yesNo' || value === 'yes' || value === 'no';
  };
  return Object.fromEntries(
    Object.entries(found).filter(([name, value]) => isKnown(name as keyof RegisterSearch, value)),
  );
}

/** Filters of the page that this register has a field for. */
const filtersOf = (type: RegisterType, search: RegisterSearch): Query => {
  const { columns } = declarationOf(type);
  return Object.fromEntries(
    Object.entries(FIELDS).flatMap(([name, field]) => {
      const wanted = search[name as keyof RegisterSearch];
      return wanted !== undefined && field in columns ? [[field, wanted]] : [];
    }),
  );
};

/** The scope as far as the records of this register lie in one themselves. */
export function scopeFilter(type: RegisterType, scope: PageScope): Query {
  const { columns } = declarationOf(type);
  return {
    ...(scope.portfolio !== undefined && 'portfolioCode' in columns ? { portfolioCode: scope.portfolio } : {}),
    ...(scope.orgUnit !== undefined && 'orgUnitCode' in columns ? { orgUnitCode: scope.orgUnit } : {}),
  };
}

/** Whether an order is one of the record's own fields, which the server sorts by. */
export const isOwnField = (type: RegisterType, field: string): boolean =>
  field in declarationOf(type).columns || field === 'createdAt' || field === 'updatedAt';

/** The query of the list; an order by something computed is made on the page, over all records. */
export function listQueryOf(type: RegisterType, search: RegisterSearch, scope: PageScope): Query {
  const sort = search.sort;
  const isOwn = sort !== undefined && isOwnField(type, sort.replace(/^-/, ''));
  const q = type === 'link' ? undefined : search.q;
  return { ...scopeFilter(type, scope), ...filtersOf(type, search), q, ...(isOwn ? { sort } : {}) };
}

/** How many filters are set; the scope is not one of them. */
export const filterCount = ({ sort: _sort, ...filters }: RegisterSearch): number =>
  Object.values(filters).filter((value) => value !== undefined).length;
